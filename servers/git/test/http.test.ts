import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RecordedWork, recordedWork } from '../../runtime/test/recorded-work.ts';
import { type Behaviour, httpRemote } from './http-remote.ts';
import { noise, type Sandbox, sandbox } from './sandbox.ts';

/** A remote over HTTP with one repository of some 1 MB, of which nothing can be compressed. */
async function remote(box: Sandbox, behaviour: Behaviour = {}) {
  box.bare('remotes/it.git', box.repository('source', noise(20, 50_000)));
  const served = await httpRemote(path.join(box.folder, 'remotes'), behaviour);
  return { ...served, url: `${served.url}it.git` };
}

/** Resolves when progress with this message was told. */
const told = (work: RecordedWork, pattern: RegExp) =>
  expect
    .poll(() => work.told.some(({ message }) => pattern.test(message ?? '')), {
      interval: 10,
      timeout: 15_000,
    })
    .toBe(true);

const everything = (outcome: unknown, work?: RecordedWork): string =>
  JSON.stringify([outcome, work?.told, work?.text()]);

describe('over http', () => {
  it('clones, pulls and pushes, each checked', async () => {
    const box = sandbox();
    const { url } = await remote(box);
    const work = recordedWork();
    const cloned = await box.call('clone', { url, destination: 'mine' }, { work });
    expect(cloned).toMatchObject({ isError: false, data: { verified: true } });
    expect(work.told).toContainEqual(
      expect.objectContaining({ phase: 'Receiving objects', total: 23, value: 23 }),
    );
    box.write(path.join(box.folder, 'mine/more.txt'), 'more');
    await box.call('commit', { repository: 'mine', message: 'more', stage: 'all' });
    const pushed = await box.call('push', { repository: 'mine' });
    expect(pushed).toMatchObject({ isError: false, data: { verified: true, refs: [{ state: 'updated' }] } });
    expect(await box.call('pull', { repository: 'mine' })).toMatchObject({ data: { verified: true } });
    expect(await box.call('fetch', { repository: 'mine' })).toMatchObject({ data: { verified: true } });
  });
});

describe('a remote that wants a password', () => {
  it('fails at once and names what was asked for, with the way out', async () => {
    const box = sandbox();
    const { url, requests } = await remote(box, { login: 'me:secret-word' });
    const outcome = await box.call('clone', { url, destination: 'mine' });
    expect(outcome.text.split('\n')[0]).toBe(
      `The clone failed: git asked for: Username for '${url.replace('/it.git', '')}':`,
    );
    expect(outcome.text).toContain('git credential approve');
    expect(outcome.data.failure).toMatchObject({
      reason: 'unanswered_prompt',
      askedFor: [expect.stringContaining('Username for')],
    });
    expect(requests.length).toBeGreaterThan(0);
    expect(readdirSync(box.folder).sort()).toEqual(['remotes', 'source']);
  });

  it("is let in by the user's own credential helper", async () => {
    const box = sandbox();
    const { url } = await remote(box, { login: 'me:secret-word' });
    const stored = path.join(process.env.HOME ?? '', 'credentials');
    writeFileSync(stored, `${url.replace('//', '//me:secret-word@').replace('/it.git', '')}\n`, {
      mode: 0o600,
    });
    box.git(box.folder, 'config', '--global', 'credential.helper', `store --file=${stored}`);
    const work = recordedWork();
    const cloned = await box.call('clone', { url, destination: 'mine' }, { work });
    expect(cloned).toMatchObject({ isError: false, data: { verified: true } });
    box.git(path.join(box.folder, 'mine'), 'commit', '-q', '--allow-empty', '-m', 'more');
    expect(await box.call('push', { repository: 'mine' })).toMatchObject({ data: { verified: true } });
    expect(everything(cloned, work)).not.toContain('secret-word');
  });

  it('is let in by a URL, whose secrets are shown nowhere', async () => {
    const box = sandbox();
    const { url } = await remote(box, { login: 'me:secret-word' });
    const work = recordedWork();
    const withLogin = url.replace('//', '//me:secret-word@');
    const cloned = await box.call('clone', { url: withLogin, destination: 'mine' }, { work });
    expect(cloned).toMatchObject({
      isError: false,
      data: { verified: true, url: url.replace('//', '//***@') },
    });
    box.git(path.join(box.folder, 'mine'), 'commit', '-q', '--allow-empty', '-m', 'more');
    const pushed = await box.call('push', { repository: 'mine' });
    expect(pushed).toMatchObject({ data: { verified: true } });
    const fetched = await box.call('fetch', { repository: 'mine' });
    expect(everything([cloned, pushed, fetched], work)).not.toContain('secret-word');
  });

  it('shows no secret of a URL that was not let in', async () => {
    const box = sandbox();
    const { url } = await remote(box, { login: 'me:secret-word' });
    const work = recordedWork();
    const wrong = url.replace('//', '//me:another-word@');
    const outcome = await box.call('clone', { url: wrong, destination: 'mine' }, { work });
    expect(outcome.isError).toBe(true);
    expect(outcome.text).toContain('Authentication failed');
    expect(everything(outcome, work)).not.toContain('another-word');
    const onlyName = await box.call('clone', {
      url: url.replace('//', '//a-token-as-name@'),
      destination: 'mine',
    });
    expect(onlyName.data.failure.askedFor).toEqual([expect.stringContaining('Password for')]);
    expect(everything(onlyName)).not.toContain('a-token-as-name');
  });
});

describe('a remote that misbehaves', () => {
  it('stalls: it is told, and ended after the limit, and nothing is left', async () => {
    const box = sandbox();
    const { url } = await remote(box, { stallAfter: 300_000 });
    const work = recordedWork();
    const settings = { 'stall-ms': 900 };
    const outcome = await box.call('clone', { url, destination: 'mine' }, { work, settings });
    expect(work.told.some(({ message }) => /no data for \d+ s/.test(message ?? ''))).toBe(true);
    expect(outcome.text).toMatch(
      /^The clone was ended because the remote had stalled: no data for (0\.9|1(\.\d)?) s/,
    );
    expect(outcome.data).toMatchObject({ verified: false, failure: { reason: 'stalled' } });
    expect(readdirSync(box.folder).sort()).toEqual(['remotes', 'source']);
  });

  it('is slow: that is no stall, however long it takes', async () => {
    const box = sandbox();
    const { url } = await remote(box, { slice: { bytes: 200_000, pauseMs: 250 } });
    const settings = { 'stall-ms': 600 };
    const outcome = await box.call('clone', { url, destination: 'mine' }, { settings });
    expect(outcome).toMatchObject({ isError: false, data: { verified: true } });
  });

  it('dies midway: the words of git, and nothing is left', async () => {
    const box = sandbox();
    const { url } = await remote(box, { cutAfter: 300_000 });
    const outcome = await box.call('clone', { url, destination: 'mine' });
    expect(outcome.isError).toBe(true);
    expect(outcome.data.failure).toMatchObject({ reason: 'git_failed', exitStatus: 128 });
    expect(outcome.text).toMatch(/early EOF|unexpected disconnect|transfer closed/);
    expect(outcome.text).toContain('Nothing is left of the clone');
    expect(readdirSync(box.folder).sort()).toEqual(['remotes', 'source']);
  });

  it('dies during a fetch: the refs are as before, and no partial object is left', async () => {
    const box = sandbox();
    const { url, behaviour } = await remote(box);
    await box.call('clone', { url, destination: 'mine', depth: 1 });
    const mine = path.join(box.folder, 'mine');
    const source = path.join(box.folder, 'source');
    for (const [file, bytes] of Object.entries(noise(15, 50_001))) box.write(path.join(source, file), bytes);
    box.git(source, 'commit', '-q', '-am', 'more');
    box.git(source, 'push', '-q', path.join(box.folder, 'remotes/it.git'), 'main');
    behaviour.cutAfter = 500_000;
    const outcome = await box.call('fetch', { repository: 'mine' });
    expect(outcome).toMatchObject({ isError: true, data: { changedCount: 0 } });
    expect(outcome.text).toContain('The refs of the repository are as before.');
    expect(leftovers(mine)).toEqual([]);
    behaviour.cutAfter = Number.POSITIVE_INFINITY;
    expect(await box.call('fetch', { repository: 'mine' })).toMatchObject({ data: { verified: true } });
  });

  it('is not there: the words of git', async () => {
    const box = sandbox();
    const outcome = await box.call('clone', { url: 'http://127.0.0.1:9/it.git', destination: 'mine' });
    expect(outcome.text).toMatch(/^The clone failed \(exit status 128\): fatal: unable to access/);
  });
});

describe('cancel', () => {
  const slow: Behaviour = { slice: { bytes: 20_000, pauseMs: 20 } };

  it('of a clone leaves nothing, and says so', async () => {
    const box = sandbox();
    const { url } = await remote(box, slow);
    const work = recordedWork();
    const cloning = box.call('clone', { url, destination: 'deep/mine' }, { work });
    await told(work, /Receiving objects \d+\/23/);
    work.stop();
    const outcome = await cloning;
    expect(outcome.text).toBe(
      `Stopped the clone; nothing of git runs any more.\nNothing is left of the clone in ${path.join(box.folder, 'deep/mine')}.`,
    );
    expect(outcome.stop).toMatchObject({
      stopped: true,
      left: 0,
      remains: expect.stringContaining('Nothing is left'),
    });
    expect(readdirSync(box.folder).sort()).toEqual(['remotes', 'source']);
  });

  it('of a fetch leaves no lock and no partial pack, also when git is killed', async () => {
    const box = sandbox();
    const { url, behaviour } = await remote(box, {});
    box.git(box.folder, 'init', '-q', 'mine');
    const mine = path.join(box.folder, 'mine');
    box.git(mine, 'remote', 'add', 'origin', url);
    box.git(mine, 'config', 'fetch.unpackLimit', '1'); // a pack of its own, also of few objects
    Object.assign(behaviour, slow);
    const work = recordedWork();
    const fetching = box.call('fetch', { repository: 'mine' }, { work, settings: { 'grace-ms': 0 } });
    await told(work, /Receiving objects \d+\/23/);
    await expect(box.call('fetch', { repository: 'mine' }, { settings: { 'grace-ms': 0 } })).rejects.toThrow(
      /^repository: fetch has been running there since \d\d:\d\d:\d\d UTC/,
    );
    expect(
      (await box.call('status', { repository: 'mine' }, { settings: { 'grace-ms': 0 } })).isError,
    ).toBeFalsy();
    expect(leftovers(mine)).not.toEqual([]);
    work.stop();
    const outcome = await fetching;
    expect(outcome.stop).toMatchObject({ stopped: true, left: 0 });
    expect(outcome.stop?.remains).toMatch(
      /The refs of the repository are as before\. Removed what git had left: .*tmp_pack/,
    );
    expect(leftovers(mine)).toEqual([]);
  });
});

/** Locks and partial objects of a working tree. */
function leftovers(place: string): string[] {
  const files = readdirSync(path.join(place, '.git'), { recursive: true }) as string[];
  return files.filter((file) => /\.lock$|(^|\/)\.?tmp[_-]/.test(file));
}
