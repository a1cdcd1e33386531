import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordedWork } from '../../runtime/test/recorded-work.ts';
import { heard, startServer } from './call.ts';
import { makeWorkspace, shellAgent, type Workspace } from './workspace.ts';

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

const server = (script: string, args: string[] = [], limits = {}) =>
  startServer(['--workspace', place.folder, '--agent', shellAgent('test', script), ...args], limits);
const run = (script: string, task = 'a task', work = recordedWork()) =>
  server(script)('run_agent', { task }, work);
const firstLine = ({ text }: { text: string }) => text.split('\n')[0];

describe('an agent that takes its task as an argument', () => {
  it('gets it whole, without a shell, with nothing on stdin, in the workspace', async () => {
    const task = `it's "quoted" $(touch hacked) \`id\` ; * \\ \n--second line`;
    const outcome = await run('printf %s "$1" > task.txt; wc -c > stdin.txt; pwd; echo Done.', task);
    expect(place.read('task.txt')).toBe(task);
    expect(place.read('stdin.txt').trim()).toBe('0');
    expect(existsSync(join(place.folder, 'hacked'))).toBe(false);
    expect(outcome.data).toMatchObject({
      ...{ via: 'template', outcome: 'finished', exitStatus: 0, changed: true, fileCount: 2 },
      lastWords: `${place.folder}\nDone.`,
    });
  });

  it('has a task that begins with - not read as an option', async () => {
    await run('printf %s "$1" > task.txt', '-rf');
    expect(place.read('task.txt')).toBe(' -rf');
  });

  it('tells its newest line, and gives its output without secrets', async () => {
    const work = recordedWork();
    const outcome = await run('echo "the key is $TEST_API_KEY"; echo "$TEST_API_KEY" > key.txt', 'x', work);
    expect(work.text()).toBe('the key is ***\n');
    expect(work.told.at(-1)).toEqual({ message: 'the key is ***' });
    expect(JSON.stringify(outcome)).not.toContain('sk-very-secret');
    expect(place.read('key.txt')).toBe('sk-very-secret\n');
  });

  it('that fails says how, and what it changed stays', async () => {
    const outcome = await run('echo half > half.txt; echo "no model" >&2; exit 3');
    expect(outcome.isError).toBe(true);
    expect(outcome.data).toMatchObject({
      ...{
        outcome: 'failed',
        why: 'Its program failed: exit status 3.',
        exitStatus: 3,
        lastWords: 'no model',
      },
      changed: true,
    });
    expect(firstLine(outcome)).toMatch(
      /^test failed after .* s; what it did until then stays: 1 file changed \(\+1 −0\)/,
    );
  });

  it('is over when its program is over; what it left in the background is ended', async () => {
    const outcome = await run('sleep 300 & echo Done.');
    expect(outcome.data).toMatchObject({ outcome: 'finished', endedInBackground: 1, left: 0 });
  });

  it('says what was modified before, and counts only what is new', async () => {
    place.write('old.txt', 'old\nmine\n');
    const outcome = await run('echo new >> old.txt');
    expect(outcome.data.files).toEqual([
      { path: 'old.txt', change: 'modified', added: 1, removed: 0, modifiedBefore: true },
    ]);
    expect(outcome.text).toContain('modified old.txt +1 −0 (was already modified before)');
    expect(outcome.data.diffStat).toContain('1 file changed, 1 insertion(+)');
  });

  it('is stopped with all that it has started, and what remains is said', async () => {
    const work = recordedWork();
    const outcome = run(
      `echo begun > a.txt; sh -c 'trap "" TERM; while :; do sleep 1; done' & echo Up.; wait`,
      'x',
      work,
    );
    await heard(work, 'Up.');
    work.stop();
    expect(await outcome).toMatchObject({
      stop: {
        ...{ stopped: true, left: 0 },
        remains: `It was stopped by ending its processes. In ${place.folder} what it did until then stays: 1 file changed (+1 −0).`,
      },
      data: { outcome: 'cancelled', stoppedBy: 'processes', changed: true },
    });
  });

  it('is not started when it was stopped before', async () => {
    const work = recordedWork();
    work.stop();
    const outcome = await run('touch started', 'x', work);
    expect(firstLine(outcome)).toMatch(
      /^test was cancelled after 0.0 s, before it began; it ended without any change/,
    );
    expect(existsSync(join(place.folder, 'started'))).toBe(false);
  });

  it('that waits for somebody to type is ended, with the line it waits at', async () => {
    const script = 'echo Hello.; printf "Overwrite a.txt? [y/N] "; sleep 300';
    const outcome = await server(script, [], { promptMs: 200 })('run_agent', { task: 'x' }, recordedWork());
    expect(outcome).toMatchObject({
      isError: true,
      data: {
        outcome: 'waiting',
        why: 'It waited for somebody to type, which nobody can here, and was ended. The line it waited at: Overwrite a.txt? [y/N]',
      },
    });
    expect(firstLine(outcome)).toContain('test was ended because it waited for somebody to type');
  });

  it('that prints events is told in readable lines, and its last event is its last word', async () => {
    place.write(
      'events',
      [
        { type: 'system', subtype: 'init' },
        {
          type: 'assistant',
          message: { content: [{ type: 'tool_use', name: 'Bash', input: { command: 'ls' } }] },
        },
        { type: 'result', subtype: 'success', is_error: true, result: 'Not logged in · Please run /login' },
      ]
        .map((event) => `${JSON.stringify(event)}\n`)
        .join(''),
    );
    const work = recordedWork();
    const outcome = await run('cat events', 'x', work);
    expect(work.text()).toBe('[Bash] ls\n');
    expect(outcome.data).toMatchObject({
      ...{ outcome: 'failed', why: 'It says that it failed: Not logged in · Please run /login' },
      lastWords: 'Not logged in · Please run /login',
    });
  });

  it('finds no terminal to ask at', async () => {
    const outcome = await run('(read answer < /dev/tty) 2>&1 || echo "nobody there"');
    expect(outcome.data).toMatchObject({
      outcome: 'finished',
      lastWords: expect.stringContaining('nobody there'),
    });
  });

  it('that is quiet for too long is ended', async () => {
    const outcome = await server('sleep 300', ['--idle-ms', '200'])(
      'run_agent',
      { task: 'x' },
      recordedWork(),
    );
    expect(outcome.data).toMatchObject({
      outcome: 'idle',
      why: 'It put out nothing for 0.2 s (--idle-ms) and was ended.',
    });
  });

  it('works without a repository too', async () => {
    mkdirSync(join(place.parent, 'plain'));
    const args = [
      '--workspace',
      join(place.parent, 'plain'),
      '--agent',
      shellAgent('test', 'echo x > new.txt'),
    ];
    const outcome = await startServer(args)('run_agent', { task: 'x' }, recordedWork());
    expect(outcome.data).toMatchObject({
      ...{ seenBy: 'files', changed: true, diffStat: '' },
      files: [{ path: 'new.txt', change: 'added', modifiedBefore: false }],
    });
    expect(outcome.text).toContain('The workspace is in no git repository.');
  });
});

describe('what is refused', () => {
  const refused = (args: string[], input: object) => startServer(args)('run_agent', input, recordedWork());

  it('names the field and the way out', async () => {
    const agent = ['--agent', shellAgent('test', 'true')];
    const here = ['--workspace', place.folder];
    symlinkSync('/', join(place.folder, 'link'));
    const cases: [string[], object, string][] = [
      [
        agent,
        { task: 'x' },
        'workspace: none is configured, so nothing may run. Start this server with --workspace DIR.',
      ],
      [[...here, ...agent], { task: 'x', workspace: '..' }, 'workspace: '],
      [[...here, ...agent], { task: 'x', workspace: 'link' }, 'is outside the configured workspaces'],
      [[...here, ...agent], { task: 'x', workspace: 'no' }, 'workspace: there is no folder'],
      [[...here, ...agent], { task: 'x', agent: 'other' }, 'agent: expected one of test, not "other"'],
      [[...here, '--agent', 'none=no-such-agent PROMPT'], { task: 'x' }, 'agent: none is not installed'],
      [[...here, ...agent], { task: '  ' }, 'must not be empty'],
      [[...here, ...agent], { task: 'x', agnt: 'y' }, 'agnt'],
    ];
    for (const [args, input, why] of cases) await expect(refused(args, input)).rejects.toThrow(why);
  });

  it('is a second run in the same workspace, above or below it, also of another server', async () => {
    mkdirSync(join(place.folder, 'sub'));
    const agent = shellAgent('test', 'echo Up.; sleep 300');
    const args = ['--workspace', place.parent, '--agent', agent];
    const [one, other] = [startServer(args), startServer(args)];
    const work = recordedWork();
    const first = one('run_agent', { task: 'The first task', workspace: 'work' }, work);
    await heard(work, 'Up.');
    for (const workspace of ['work', 'work/sub', '.'])
      for (const call of [one, other])
        await expect(call('run_agent', { task: 'x', workspace }, recordedWork())).rejects.toThrow(
          /^workspace: an agent works .* run_[0-9a-f]{8}: test, since \d{4}-.*Z, on "The first task"\. Wait for it/,
        );
    const list = await other('list_agents', {}, recordedWork());
    expect(list.data).toMatchObject({ running: [{ agent: 'test', task: 'The first task', here: false }] });
    work.stop();
    await first;
    expect(readdirSync(join(place.state, 'meanwhile', 'agent-runs'))).toEqual([]);
  });
});

describe('cancel_task', () => {
  it('ends the only run and answers when it has ended; again, and with nothing running, it says so', async () => {
    const call = server('echo a > a.txt; echo Up.; sleep 300');
    const work = recordedWork();
    const cancel = (input = {}) => call('cancel_task', input, recordedWork());
    expect((await cancel()).text).toBe('Nothing runs here, so there was nothing to cancel.');
    const running = call('run_agent', { task: 'x' }, work);
    await heard(work, 'Up.');
    const id = /run_\w+/.exec(work.told[0]!.message!)![0];
    const cancelled = await cancel();
    expect(cancelled.data).toMatchObject({ run: id, outcome: 'ended' });
    expect(cancelled.text).toMatch(
      /^test was cancelled after .*, its processes were ended; what it did until then stays: 1 file/,
    );
    expect(await running).toMatchObject({
      isError: true,
      data: { outcome: 'cancelled' },
      stop: { stopped: true },
    });
    expect((await cancel({ run: id })).data).toMatchObject({ run: id, outcome: 'already_over' });
    await expect(cancel({ run: 'run_none' })).rejects.toThrow(
      'run: there is no run run_none. Nothing runs here.',
    );
  });

  it('wants to know which one when several run', async () => {
    mkdirSync(join(place.parent, 'a'));
    mkdirSync(join(place.parent, 'b'));
    const call = startServer([
      '--workspace',
      place.parent,
      '--agent',
      shellAgent('test', 'echo Up.; sleep 300'),
    ]);
    const works = [recordedWork(), recordedWork()];
    const runs = ['a', 'b'].map((workspace, at) =>
      call('run_agent', { task: workspace, workspace }, works[at]!),
    );
    for (const work of works) await heard(work, 'Up.');
    await expect(call('cancel_task', {}, recordedWork())).rejects.toThrow(
      /^run: 2 are running, so say which one\. Running: run_\w+: test, .* on "a"; run_\w+: test, .* on "b"\.$/,
    );
    for (const work of works) work.stop();
    await Promise.all(runs);
  });
});

describe('list_agents', () => {
  it('tells what is usable, how it is driven, and its version', async () => {
    const args = ['--workspace', place.folder, '--agent', `node="${process.execPath}" PROMPT`];
    const { data, text } = await startServer(args)('list_agents', {}, recordedWork());
    const { agents } = data as unknown as { agents: { name: string; usable: boolean }[] };
    expect(agents[0]).toEqual({
      ...{ name: 'node', title: 'node', usable: true, installed: true, path: process.execPath },
      ...{ version: process.version, via: 'template', command: [process.execPath, 'PROMPT'] },
    });
    expect(agents.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['claude', 'codex', 'opencode', 'aider']),
    );
    expect(agents.slice(1).some(({ usable }) => usable)).toBe(false);
    expect(text.split('\n')[0]).toBe('Agents: node; nothing runs');
  });
});
