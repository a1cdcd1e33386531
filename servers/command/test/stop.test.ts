import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { findByCookie } from '../../../process-tree/cookie.ts';
import { type CommandConnection, connectCommand, isOutput, isStopped, KINDS, PROGRAM } from './connect.ts';

let connection: CommandConnection | undefined;
const inside = tmpdir();

afterEach(async () => {
  await connection?.close();
  connection = undefined;
});

async function open(kind: (typeof KINDS)[number] = 'auto'): Promise<CommandConnection> {
  connection = await connectCommand(kind, ['--folder', inside, '--grace-ms', '300']);
  return connection;
}

/** A shell with a child, a grandchild, one that left by setsid, a daemon, and one that ignores SIGTERM. */
const HARD_TREE = [
  'sleep 300 &',
  '(sleep 300 & wait) &',
  'setsid sleep 300 &',
  '(setsid sh -c "sleep 300" </dev/null >/dev/null 2>&1 &)',
  `sh -c 'trap "" TERM; echo grown; while :; do sleep 300; done'`,
].join('\n');

describe.each(KINDS)('with the client %s', (kind) => {
  it('ends everything on cancel and says so when nothing is left', async () => {
    const { run, frame, started } = await open(kind);
    const abort = new AbortController();
    const call = run({ command: HARD_TREE }, { token: 'token-8', signal: abort.signal });
    call.catch(() => {});
    await frame(isOutput('grown'));
    expect(started().length).toBeGreaterThanOrEqual(7);
    abort.abort('enough');
    await expect(call).rejects.toThrow();

    const { params } = await frame(isStopped);
    expect(params).toMatchObject({
      level: 'notice',
      _meta: { progressToken: 'token-8' },
      data: { stopped: true, left: 0 },
    });
    expect(params.data.ended).toBeGreaterThanOrEqual(7);
    expect(params.data.killed).toBeGreaterThanOrEqual(1);
    expect(started()).toEqual([]);
  });
});

it('ends everything when the time limit is over, and says so', async () => {
  const { run, started } = await open();
  const result = await run({ command: HARD_TREE, timeoutMs: 200 });
  expect(result.isError).toBe(true);
  expect(result.text).toMatch(
    /^Ended after .* because the time limit of 0\.2 s was over; nothing of it is left\n/,
  );
  expect(result.data).toMatchObject({ timedOut: true, left: 0, output: 'grown\n' });
  expect(started()).toEqual([]);
});

it('ends what the shell left in the background', async () => {
  const { run, started } = await open();
  const result = await run({ command: 'sleep 300 & setsid sleep 300 & echo started' });
  expect(result.isError).toBe(false);
  expect(result.data).toMatchObject({ exitStatus: 0, endedInBackground: 2, left: 0, output: 'started\n' });
  expect(result.text).toContain('2 processes left running in the background, ended with the command.');
  expect(started()).toEqual([]);
});

it('leaves nothing behind when its input ends while a command runs', async () => {
  const { run, frame, all, close } = await open();
  const call = run({ command: HARD_TREE });
  call.catch(() => {});
  await frame(isOutput('grown'));
  await close(); // the SDK ends the server's stdin and waits
  await expect(call).rejects.toThrow();
  expect(all()).toEqual([]);
});

it('leaves nothing behind on SIGTERM, and still answers', async () => {
  const { run, frame, all, pid } = await open();
  const call = run({ command: HARD_TREE });
  await frame(isOutput('grown'));
  process.kill(pid, 'SIGTERM');
  expect((await call).text).toMatch(
    /^Ended after .* because the server is shutting down; nothing of it is left\n/,
  );
  await expect.poll(all, { interval: 10 }).toEqual([]);
});

it('leaves nothing behind when its parent dies while its input stays open', async () => {
  const id = randomUUID();
  const script = 'exec 4>&1; "$0" "$1" --folder "$2" <&3 >&4 & wait';
  const parent = spawn('/bin/sh', ['-c', script, process.execPath, PROGRAM, inside], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    env: { ...process.env, COMMAND_TEST_ID: id },
  });
  const input = parent.stdio[3] as Writable;
  const send = (message: object) => input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'test', version: '1' };
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
  send({ id: 1, method: 'initialize', params });
  const arguments_ = { command: HARD_TREE };
  const call = { name: 'run', arguments: arguments_, _meta: { progressToken: 'token-9' } };
  for await (const line of createInterface({ input: parent.stdout! })) {
    if (line.includes('"id":1')) send({ id: 2, method: 'tools/call', params: call });
    if (line.includes('grown')) break;
  }
  const cookie = { name: 'COMMAND_TEST_ID', value: id };
  expect(findByCookie(cookie).length).toBeGreaterThanOrEqual(9);
  parent.kill('SIGKILL');
  await expect.poll(() => findByCookie(cookie), { interval: 20, timeout: 8_000 }).toEqual([]);
  input.destroy();
});
