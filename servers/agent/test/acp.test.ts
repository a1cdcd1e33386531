import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordedWork } from '../../runtime/test/recorded-work.ts';
import { heard, startServer } from './call.ts';
import { acpAgent, makeWorkspace, type Workspace } from './workspace.ts';

let place: Workspace;
beforeEach(() => {
  place = makeWorkspace();
  vi.stubEnv('XDG_STATE_HOME', place.state);
  vi.stubEnv('TEST_API_KEY', 'sk-very-secret');
});
afterEach(() => {
  vi.unstubAllEnvs();
  place.remove();
});

const server = (args: string[] = [], limits = {}) =>
  startServer(['--workspace', place.folder, '--agent', acpAgent('test'), ...args], limits);
const run = (task: string, args: string[] = [], work = recordedWork()) =>
  server(args)('run_agent', { task }, work);
const firstLine = ({ text }: { text: string }) => text.split('\n')[0];

describe('an agent over ACP', () => {
  it('tells its plan as steps, and the result says what changed', async () => {
    place.write('old.txt', 'old\nbut mine\n');
    const work = recordedWork();
    const outcome = await run('plan', [], work);
    const steps = work.told.filter(({ unit }) => unit === 'steps');
    expect(steps.filter(({ message }) => /^(Write|Commit) .$/.test(message ?? ''))).toEqual([
      { phase: 'plan', value: 0, total: 3, unit: 'steps', message: 'Write a' },
      { phase: 'plan', value: 1, total: 3, unit: 'steps', message: 'Commit b' },
      { phase: 'plan', value: 2, total: 3, unit: 'steps', message: 'Write c' },
      { phase: 'plan', value: 3, total: 3, unit: 'steps', message: 'Write c' },
    ]);
    expect(steps.map(({ message }) => message)).toContain('Write a.txt (edit, completed)');
    expect(work.text()).toContain('[edit] Write b.txt\n[edit] Write b.txt: completed\n');

    expect(firstLine(outcome)).toMatch(
      /^test finished after [\d.]+ s: 1 commit, 3 files changed \(\+4 −0\) \(run_[0-9a-f]{8}\)$/,
    );
    expect(outcome.isError).toBe(false);
    expect(outcome.data).toMatchObject({
      ...{ agent: 'test', via: 'acp', workspace: place.folder, outcome: 'finished', stopReason: 'end_turn' },
      ...{
        changed: true,
        seenBy: 'git',
        commitCount: 1,
        fileCount: 3,
        linesAdded: 4,
        linesRemoved: 0,
        left: 0,
      },
      commits: [{ id: place.git('rev-parse', 'HEAD').trim(), subject: 'Add b' }],
      lastWords: 'All three\nare written. The key is ***.',
    });
    expect(outcome.data.files.map(({ path, change }) => [path, change])).toEqual([
      ['a.txt', 'added'],
      ['b.txt', 'added'],
      ['c.txt', 'added'],
    ]);
    expect(outcome.text).toContain('> are written. The key is ***.');
    expect(work.text()).not.toContain('sk-very-secret');
  });

  it('that changes nothing is said to', async () => {
    const outcome = await run('nothing');
    expect(firstLine(outcome)).toMatch(/^test ended without any change after/);
    expect(outcome).toMatchObject({ isError: false, data: { changed: false, files: [], diffStat: '' } });
    expect(outcome.data.lastWords).toBe('There was nothing to do.');
  });

  it.each([
    [
      'exit',
      'Its program ended in the middle of the work (exit status 3). The last it put out: panic: out of cheese',
    ],
    [
      'auth',
      'It needs you to sign in first (“Authentication required”). It offers: Log in (run test-agent login in a terminal). Then start the run again.',
    ],
    ['refusal', 'It refused the task.'],
    ['tokens', 'It came to the limit of its tokens before it was done.'],
    ['unheard-of', 'It answered with an error: Invalid params: no such scenario (-32602).'],
  ])('that fails is told plainly: %s', async (task, why) => {
    const outcome = await run(task);
    expect(outcome).toMatchObject({ isError: true, data: { outcome: 'failed', why } });
    expect(firstLine(outcome)).toMatch(/^test failed after/);
    expect(outcome.text.split('\n')[1]).toBe(why);
    const changed = task === 'exit' || task === 'tokens';
    expect(firstLine(outcome)).toContain(
      changed ? 'what it did until then stays: 1 file changed' : 'it ended without any change',
    );
  });

  it.each([
    ['--future', 'It speaks version 99 of the Agent Client Protocol; this server speaks 1.'],
    ['--signed-out', 'It needs you to sign in first'],
  ])('that cannot begin is told plainly: %s', async (flag, why) => {
    const args = ['--workspace', place.folder, '--agent', acpAgent('test', flag)];
    const outcome = await startServer(args)('run_agent', { task: 'nothing' }, recordedWork());
    expect(outcome.data).toMatchObject({ outcome: 'failed', why: expect.stringContaining(why) });
  });

  it('that is none is told plainly', async () => {
    const script = `none=acp:/bin/sh -c "echo Usage: none; exec cat > /dev/null"`;
    const args = ['--workspace', place.folder, '--agent', script];
    const { data } = await startServer(args, { startMs: 300 })('run_agent', { task: 'x' }, recordedWork());
    expect(data).toMatchObject({
      ...{ outcome: 'failed', output: 'Usage: none\n' },
      why: 'It did not answer in the Agent Client Protocol within 0.3 s.',
    });
  });

  it('may print other lines between its messages, and very much', async () => {
    const noise = await run('noise');
    expect(noise.data).toMatchObject({ outcome: 'finished', lastWords: 'All the same.' });
    expect(noise.data.output).toBe('starting up\n{"jsonrpc": broken\n[1]\nAll the same.');
    const flood = await run('flood');
    expect(flood.data.outputBytes).toBeGreaterThan(500_000);
    expect(flood.data.output.length).toBeLessThan(20_000);
    expect(flood.data).toMatchObject({ outcome: 'finished', lastWordsCut: true });
    expect(flood.data.lastWords).toMatch(/That was much\.$/);
    expect(flood.text.length).toBeLessThan(12_000);
  });

  it('from which nothing comes is ended', async () => {
    const outcome = await server(['--idle-ms', '400'])('run_agent', { task: 'hang' }, recordedWork());
    expect(outcome).toMatchObject({
      isError: true,
      data: { outcome: 'idle', why: 'Nothing came from it for 0.4 s (--idle-ms), so it was ended.' },
    });
  });
});

describe('a request for permission', () => {
  const asked = `Write secret.txt (edit) in `;

  it.each([
    ['once', 'allowed'],
    ['no', 'rejected'],
  ])('is put to a person, who answers %s', async (decision, noted) => {
    const work = recordedWork(async () => ({ action: 'accept', content: { decision } }));
    const outcome = await run('permission', [], work);
    expect(work.asked).toEqual([
      {
        key: 'permission-1',
        question: {
          message: `test asks for permission: ${asked}${place.folder}/secret.txt`,
          schema: {
            type: 'object',
            properties: {
              decision: {
                ...{ type: 'string', title: 'Decision' },
                enum: ['always', 'once', 'no'],
                enumNames: ['Always', 'Just this once', 'No'],
              },
            },
            required: ['decision'],
          },
        },
      },
    ]);
    expect(outcome.data).toMatchObject({
      lastWords: `The answer was ${decision}.`,
      changed: noted === 'allowed',
      permissions: [{ decision: noted, by: 'person' }],
      notes: [],
    });
  });

  it.each(['decline', 'cancel'] as const)('is rejected by a person who answers %s', async (action) => {
    const outcome = await run(
      'permission',
      [],
      recordedWork(async () => ({ action })),
    );
    expect(outcome.data).toMatchObject({ lastWords: 'The answer was no.', changed: false });
  });

  it.each([
    ['ask', 'no', 'nobody', '1 request for permission rejected, because nobody could be asked here'],
    ['reject', 'no', 'setting', '1 request for permission rejected by --permissions reject.'],
    ['allow', 'once', 'setting', '1 request for permission allowed by --permissions allow.'],
  ])('is answered without anybody under --permissions %s: %s', async (rule, answer, by, note) => {
    const outcome = await run('permission', ['--permissions', rule]);
    expect(outcome.data).toMatchObject({
      lastWords: `The answer was ${answer}.`,
      permissions: [{ by }],
      notes: [expect.stringContaining(note)],
    });
    expect(outcome.text).toContain(note);
  });

  it('is called off by a stop', async () => {
    const question = Promise.withResolvers<void>();
    const work = recordedWork(() => {
      question.resolve();
      return new Promise(() => {});
    });
    const outcome = server([], { graceMs: 10_000 })('run_agent', { task: 'permission' }, work);
    await question.promise;
    work.stop();
    expect((await outcome).data).toMatchObject({
      ...{ outcome: 'cancelled', stoppedBy: 'protocol', stopReason: 'cancelled' },
      permissions: [{ decision: 'cancelled', by: 'stop' }],
    });
  });
});

describe('cancel', () => {
  it('is confirmed by an agent that can, and says what stays', async () => {
    const work = recordedWork();
    const outcome = server([], { graceMs: 10_000 })('run_agent', { task: 'cancellable' }, work);
    await heard(work, 'Waiting.');
    work.stop();
    const { stop, data, text, isError } = await outcome;
    expect(stop).toEqual({
      stopped: true,
      left: 0,
      remains: `It confirmed the stop itself. In ${place.folder} what it did until then stays: 1 file changed (+1 −0).`,
    });
    expect(data).toMatchObject({ outcome: 'cancelled', stoppedBy: 'protocol', changed: true });
    expect(text).toMatch(
      /^test was cancelled after .* s, it confirmed the stop; what it did until then stays: 1 file/,
    );
    expect(isError).toBe(true);
  });

  it('ends the processes of one that does not listen, with all that it has started', async () => {
    const work = recordedWork();
    const outcome = run('stubborn', [], work);
    await heard(work, 'Deaf.');
    work.stop();
    const { stop, data } = await outcome;
    expect(stop).toMatchObject({
      stopped: true,
      remains: expect.stringContaining('It was stopped by ending its processes.'),
    });
    expect(data).toMatchObject({ outcome: 'cancelled', stoppedBy: 'processes', signal: 'SIGKILL', left: 0 });
    expect(place.read('a.txt')).toBe('begun\n');
  });
});
