import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identify } from '../../../process-tree/identity.ts';
import { overlaps } from './run-board.ts';
import type { RunRecord } from './run-record.ts';
import { type Run, Runs } from './runs.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'meanwhile-runs-')), 'state');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const begun = (run: ReturnType<Runs['begin']>): Run => {
  if ('refused' in run) throw new Error(run.refused);
  return run;
};

it.each([
  ['/a', '/a', true],
  ['/a', '/a/b', true],
  ['/a/b', '/a', true],
  ['/a', '/ab', false],
  ['/', '/a', true],
  ['/a/b', '/a/c', false],
])('%s and %s are in each other’s way: %s', (one, other, expected) => {
  expect(overlaps(one, other)).toBe(expected);
});

it('lets one run into a workspace, also beside another server, and says which one is there', () => {
  const [here, there] = [new Runs(folder, 9), new Runs(folder, 9)];
  const first = begun(here.begin('claude', '/w/a', '  Fix\n the tests  '));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const workspace of ['/w/a', '/w', '/w/a/deep']) {
    expect(there.begin('aider', workspace, 'x')).toEqual({
      refused: expect.stringMatching(
        new RegExp(`^workspace: .* ${first.record.run}: claude, since .*, on "Fix the tests"`),
      ),
    });
  }
  begun(there.begin('aider', '/w/b', 'x'));
  expect(here.everywhere()).toHaveLength(2);
  first.end('Done.');
  begun(there.begin('aider', '/w/a', 'x'));
});

it('takes no notice of a run whose server is gone, nor of other files', async () => {
  const child = spawn('sleep', ['300']);
  const gone = identify(child.pid!)!;
  child.kill('SIGKILL');
  await once(child, 'exit');
  const runs = new Runs(folder, 9);
  const mine = begun(runs.begin('a', '/other', 'x'));
  const stale: RunRecord = { ...mine.record, run: 'run_stale', workspace: '/w', server: gone };
  const reused = { ...stale, run: 'run_reused', server: { pid: process.pid, startedAt: 'another time' } };
  for (const record of [stale, reused])
    writeFileSync(join(folder, `${record.run}.json`), JSON.stringify(record));
  writeFileSync(join(folder, 'broken.json'), '{');
  begun(runs.begin('a', '/w', 'x'));
  expect(readdirSync(folder)).not.toContain('run_stale.json');
  expect(existsSync(join(folder, 'run_reused.json'))).toBe(false);
});

it('takes notice of an agent that has outlived its server', async () => {
  const [server, agent] = [spawn('sleep', ['300']), spawn('sleep', ['300'])];
  const gone = identify(server.pid!)!;
  const runs = new Runs(folder, 9);
  const record = {
    ...begun(runs.begin('a', '/other', 'x')).record,
    run: 'run_x',
    workspace: '/w',
    server: gone,
  };
  writeFileSync(join(folder, 'run_x.json'), JSON.stringify({ ...record, process: identify(agent.pid!) }));
  server.kill('SIGKILL');
  await once(server, 'exit');
  expect(runs.begin('a', '/w', 'x')).toEqual({
    refused: expect.stringContaining(`the agent still works as process ${agent.pid}`),
  });
  agent.kill('SIGKILL');
  await once(agent, 'exit');
  begun(runs.begin('a', '/w', 'x'));
});

it('starts nothing when it cannot be noted', () => {
  writeFileSync(join(folder, '..', 'file'), '');
  const runs = new Runs(join(folder, '..', 'file', 'state'), 9);
  expect(() => runs.begin('a', '/w', 'x')).toThrow(/cannot be noted in .*file\/state \(ENOTDIR\)/);
});

it('has a limit, and remembers how a run ended', async () => {
  const runs = new Runs(folder, 1);
  const run = begun(runs.begin('a', '/w/a', 'x'));
  expect(runs.begin('a', '/w/b', 'x')).toEqual({ refused: expect.stringContaining('--max-concurrent') });
  const known = runs.find(run.record.run)!;
  known.cancel();
  expect(run.cancelled.aborted).toBe(true);
  run.end('Cancelled.');
  expect(await known.ended).toBe('Cancelled.');
  expect([runs.running.length, runs.find(run.record.run)!.isOver]).toEqual([0, true]);
  expect(readdirSync(folder)).toEqual([]);
});
