import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CommandConnection, connectCommand, isProgress, KINDS } from './connect.ts';

let base: string;
let inside: string;
let connection: CommandConnection | undefined;

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'meanwhile-command-')));
  inside = path.join(base, 'inside');
  mkdirSync(path.join(inside, 'sub'), { recursive: true });
  mkdirSync(path.join(base, 'outside'));
  symlinkSync(path.join(base, 'outside'), path.join(inside, 'link'));
});
afterAll(() => rmSync(base, { recursive: true }));
afterEach(async () => {
  await connection?.close();
  connection = undefined;
});

async function open(kind: (typeof KINDS)[number] = 'auto', ...more: string[]): Promise<CommandConnection> {
  connection = await connectCommand(kind, ['--folder', inside, '--grace-ms', '300', ...more]);
  return connection;
}

describe.each(KINDS)('with the client %s', (kind) => {
  it('runs, tells progress and output meanwhile, and answers with both', async () => {
    const { run, frames } = await open(kind);
    const command =
      'for n in 1 2 3 4; do echo "part $n/4"; sleep 0.12; done; printf "Receiving objects:  50%% (1/2)\\r" >&2; exit 3';
    const result = await run({ command }, { token: 'token-7' });
    expect(result.isError).toBe(true);
    expect(result.text).toMatch(/^Exit status 3 after [\d.]+ s\n\npart 1\/4\n/);
    expect(result.data).toMatchObject({ exitStatus: 3, signal: null, timedOut: false, cutBytes: 0 });
    expect(result.data.output).toContain('Receiving objects:  50% (1/2)');

    const progress = frames.filter(isProgress).map((frame) => frame.params);
    const parts = progress.filter((params) => params.total === 4);
    expect(parts.length).toBeGreaterThan(0);
    for (const { progressToken, progress: part, message } of parts) {
      expect({ progressToken, message }).toEqual({ progressToken: 'token-7', message: `part ${part}/4` });
    }
    const values = progress.map((params) => params.progress);
    expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
    const last = progress.at(-1);
    expect(last.progress / last.total).toBeCloseTo(0.5);
    expect(last.message).toBe('Receiving objects: 50% (1/2)');

    const logged = frames
      .filter((frame) => frame.method === 'notifications/message')
      .map((frame) => frame.params);
    expect(logged.map((params) => params.data).join('\n')).toContain('part 1/4\npart 2/4');
    for (const params of logged) {
      expect(params).toMatchObject({ level: 'info', logger: 'output', _meta: { progressToken: 'token-7' } });
    }
  });

  it('names the field that is wrong and never shows the environment', async () => {
    const { run } = await open(kind);
    const cases: [Record<string, unknown>, string][] = [
      [{}, 'command'],
      [{ command: '' }, 'command'],
      [{ command: 'true', shell: 'bash' }, 'shell'],
      [{ command: 'true', cwd: 7 }, 'cwd'],
      [{ command: 'true', timeoutMs: 0 }, 'timeoutMs'],
      [{ command: 'true', timeoutMs: '5s' }, 'timeoutMs'],
      [{ command: 'true', env: { KEY: 'secret-value\0' } }, 'env'],
      [{ command: 'true', env: { 'a b': 'secret-value' } }, 'env'],
      [{ command: 'true', env: { COMMAND_RUN_ID: 'secret-value' } }, 'env'],
    ];
    for (const [args, field] of cases) {
      const { isError, text } = await run(args);
      expect(isError).toBe(true);
      expect(text).toContain(field);
      expect(text).not.toContain('secret-value');
    }
  });
});

it('sends no progress for what is over at once', async () => {
  const { run, frames } = await open('legacy');
  await run({ command: 'echo short' });
  expect(frames.filter(isProgress)).toEqual([]);
});

it('sends no output to a client that does not want it', async () => {
  const isMessage = (frame: { method?: string }) => frame.method === 'notifications/message';
  const modern = await open('auto');
  await modern.run({ command: 'echo a' }, { log: false });
  expect(modern.frames.filter(isMessage)).toEqual([]);
  await modern.close();

  const legacy = await open('legacy');
  await legacy.run({ command: 'echo a' });
  expect(legacy.frames.filter(isMessage)).toHaveLength(1);
  await legacy.setLevel('error');
  await legacy.run({ command: 'echo b' });
  expect(legacy.frames.filter(isMessage)).toHaveLength(1);
});

it('tells elapsed seconds of a command that shows no share', async () => {
  const { run, frames } = await open();
  await run({ command: 'echo waiting; sleep 1.3' });
  const [first] = frames.filter(isProgress).map((frame) => frame.params);
  expect(first).toEqual({ progressToken: 'token-1', progress: expect.closeTo(1, 0), message: 'waiting' });
});

it('starts in the given folder, with the given environment and nothing on stdin', async () => {
  const { run } = await open();
  expect((await run({ command: 'pwd' })).data.output).toBe(`${inside}\n`);
  expect((await run({ command: 'pwd', cwd: 'sub' })).data.output).toBe(`${inside}/sub\n`);
  expect((await run({ command: 'echo "$A"; cat', env: { A: 'b' } })).data).toMatchObject({
    exitStatus: 0,
    output: 'b\n',
  });
});

it('refuses to start outside its folders', async () => {
  const { run } = await open();
  for (const cwd of ['..', '../outside', 'link', '/', 'sub/../..']) {
    const result = await run({ command: 'pwd', cwd });
    expect(result).toMatchObject({ isError: true, text: expect.stringMatching(/^cwd: .*outside/) });
  }
});

it('says when a command cannot be started', async () => {
  const { run } = await open();
  const { isError, text } = await run({ command: 'true', env: { SECRET: 'hidden'.repeat(1_000_000) } });
  expect({ isError, text }).toEqual({ isError: true, text: 'The command could not be run: E2BIG' });
});

it('refuses everything without folders', async () => {
  connection = await connectCommand('auto', []);
  expect(await connection.run({ command: 'true', cwd: '/' })).toMatchObject({
    isError: true,
    text: expect.stringContaining('No folder is configured'),
  });
});

it('tells signals apart from exit statuses', async () => {
  const { run } = await open();
  expect((await run({ command: 'kill -9 $$' })).data).toMatchObject({ exitStatus: null, signal: 'SIGKILL' });
  expect((await run({ command: 'exit 137' })).data).toMatchObject({ exitStatus: 137, signal: null });
});

it('keeps memory bounded however much is printed', async () => {
  const { run, pid, frames } = await open();
  const peakMb = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  await run({ command: 'true' }); // everything is loaded
  const before = process.platform === 'linux' ? peakMb() : 0;
  const result = await run({ command: 'yes | head -c 100000000; echo; echo the end' });
  expect(result.data).toMatchObject({ exitStatus: 0, outputBytes: 100_000_009 });
  expect(result.data.output.length).toBeLessThan(66_000);
  expect(result.data.output).toContain(`… ${result.data.cutBytes} bytes cut …`);
  expect(result.data.output.endsWith('the end\n')).toBe(true);
  const logged = frames.filter((frame) => frame.method === 'notifications/message');
  expect(Math.max(...logged.map((frame) => frame.params.data.length))).toBeLessThan(17_000);
  expect(logged.some((frame) => /… \d+ lines skipped …/.test(frame.params.data))).toBe(true);
  if (process.platform === 'linux') expect(peakMb() - before).toBeLessThan(100);
});

it('follows a real program', async () => {
  const { run, frames } = await open('auto');
  writeFileSync(
    path.join(inside, 'many.sh'),
    'git init -q r; cd r; for n in $(seq 1 60); do echo $n$$ > f$n; done\n',
  );
  const made = await run({
    command:
      'sh many.sh && cd r && git add . && git -c user.name=a -c user.email=a@b.c commit -qm x && cd .. && git clone --progress --no-local "file://$PWD/r" c',
  });
  expect(made.data).toMatchObject({ exitStatus: 0 });
  // What the other end says in between may be the message that comes last; the figures are those of the newest share.
  const last = frames.filter(isProgress).at(-1)!.params;
  expect(last._meta['meanwhile/progress']).toEqual({
    phase: 'Receiving objects',
    value: 62,
    total: 62,
    unit: 'objects',
  });
  expect(last.progress / (last.total ?? last.progress)).toBeCloseTo(1);
});
