import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recordedWork } from '../../runtime/test/recorded-work.ts';
import { sandbox } from '../test/sandbox.ts';
import { clearTraces, describeCleared } from './clear-traces.ts';
import { listTraces } from './list-traces.ts';

/** A repository whose commit hook says when it runs, and then never ends. */
function withHook(hook: string) {
  const box = sandbox();
  const place = box.repository('it');
  writeFileSync(path.join(place, '.git/hooks/pre-commit'), `#!/bin/sh\n${hook}`, { mode: 0o755 });
  box.write(path.join(place, 'a.txt'), 'two\n');
  const gitDir = path.join(place, '.git');
  return { box, place, repository: { path: place, gitDir, commonDir: gitDir, isBare: false } };
}

const HANGS = 'echo hook runs >&2; exec sleep 300\n';

describe('a stopped commit', () => {
  it('leaves no lock, even when git had no chance to clean up', async () => {
    const { box, place } = withHook(HANGS);
    const work = recordedWork();
    const head = box.git(place, 'rev-parse', 'HEAD');
    // With amended paths git holds the lock of the index while the hook runs.
    const settings = { 'grace-ms': 0 };
    const committing = box.call(
      'commit',
      { repository: 'it', message: 'x', stage: 'all' },
      { work, settings },
    );
    await expect.poll(() => work.text(), { interval: 10 }).toContain('hook runs');
    writeFileSync(path.join(place, '.git/refs/heads/main.lock'), ''); // as git would hold it a moment later
    work.stop();
    const outcome = await committing;
    expect(outcome.stop).toMatchObject({ stopped: true, left: 0 });
    expect(outcome.stop?.remains).toContain('Removed what git had left: .git/refs/heads/main.lock.');
    expect([
      ...listTraces({ gitDir: path.join(place, '.git'), commonDir: path.join(place, '.git') }),
    ]).toEqual([]);
    expect(box.git(place, 'rev-parse', 'HEAD')).toBe(head);
  });

  it('refuses a second change meanwhile, naming the first', async () => {
    const { box } = withHook(HANGS);
    const work = recordedWork();
    const committing = box.call('commit', { repository: 'it', message: 'x', stage: 'all' }, { work });
    await expect.poll(() => work.text(), { interval: 10 }).toContain('hook runs');
    await expect(box.call('checkout', { repository: 'it', ref: 'main' })).rejects.toThrow(
      'repository: commit has been running there since',
    );
    work.stop();
    await committing;
  });
});

describe('a lock that was there before', () => {
  it('is named, with its age, and nothing is changed', async () => {
    const { box, place } = withHook('exit 0\n');
    const lock = path.join(place, '.git/index.lock');
    writeFileSync(lock, '');
    await expect(box.call('commit', { repository: 'it', message: 'x', stage: 'all' })).rejects.toThrow(
      /^repository: .*index\.lock is there \(\d+ s old\)\. Nothing was changed; no git is seen running there/,
    );
    expect(existsSync(lock)).toBe(true);
    expect((await box.call('status', { repository: 'it' })).isError).toBeFalsy();
  });

  it('is waited for, because most last for a moment', async () => {
    const { box, place } = withHook('exit 0\n');
    const lock = path.join(place, '.git/index.lock');
    writeFileSync(lock, '');
    const committing = box.call('commit', { repository: 'it', message: 'x', stage: 'all' });
    setTimeout(() => rmSync(lock), 100);
    expect(await committing).toMatchObject({ isError: false, data: { verified: true } });
  });
});

describe('what another git may hold', () => {
  it('stays, and the other is named', async () => {
    const { place, repository } = withHook(HANGS);
    const before = listTraces(repository);
    const other = spawn('git', ['commit', '-q', '-am', 'other'], {
      cwd: place,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    const ended = once(other, 'exit');
    onTestFinished(async () => {
      process.kill(-other.pid!);
      await ended;
    });
    await once(other.stderr, 'data');
    const lock = path.join(place, '.git/HEAD.lock');
    writeFileSync(lock, '');
    const cleared = clearTraces(repository, before);
    expect(cleared.left).toContain('.git/HEAD.lock');
    expect(describeCleared(cleared)).toContain(`pid ${other.pid}`);
    expect(existsSync(lock)).toBe(true);
  });

  it('is cleared when there is none: locks, partial packs and objects, but not what was there before', () => {
    const { place, repository } = withHook('exit 0\n');
    const old = path.join(place, '.git/config.lock');
    writeFileSync(old, '');
    const before = listTraces(repository);
    const objects = path.join(place, '.git/objects');
    mkdirSync(path.join(objects, 'tmp_objdir-incoming-x'));
    mkdirSync(path.join(objects, 'ff'), { recursive: true });
    const made = ['pack/tmp_pack_abc', 'ff/tmp_obj_abc', 'info/commit-graph.lock'].map((name) =>
      path.join(objects, name),
    );
    for (const file of [...made, path.join(place, '.git/shallow.lock')]) writeFileSync(file, '');
    const cleared = clearTraces(repository, before);
    expect(cleared.left).toEqual([]);
    expect(cleared.removed).toHaveLength(5);
    expect([...listTraces(repository)]).toEqual([old]);
    expect(describeCleared(cleared)).toContain('Removed what git had left: ');
  });
});
