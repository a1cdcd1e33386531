import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type CommandConnection, connectCommand, isProgress } from './connect.ts';

let inside: string;
let connection: CommandConnection | undefined;
beforeAll(() => {
  inside = realpathSync(mkdtempSync(path.join(tmpdir(), 'meanwhile-rules-')));
});
afterAll(() => rmSync(inside, { recursive: true }));
afterEach(async () => {
  await connection?.close();
  connection = undefined;
});

async function open(args: readonly string[], env: Record<string, string> = {}): Promise<CommandConnection> {
  connection = await connectCommand('auto', ['--folder', inside, ...args], { env });
  return connection;
}

it('runs only what is on the allow list, and lets a call set hardly any variable then', async () => {
  const { run } = await open(['--allow', 'echo,cat']);
  expect((await run({ command: 'echo a | cat && echo b', env: { LANG: 'C' } })).data.output).toBe('a\nb\n');
  expect((await run({ command: 'echo a; touch x' })).text).toBe(
    'command: touch is not on the allow list (echo, cat)',
  );
  expect(await run({ command: 'echo $(touch x)' })).toMatchObject({ isError: true });
  expect((await run({ command: 'echo a', env: { PATH: '/evil' } })).text).toMatch(
    /^env: PATH may not be set/,
  );
});

it('never runs what is on the deny list', async () => {
  const { run, client } = await open(['--deny', 'rm', '--deny', 'dd,reboot']);
  expect((await run({ command: 'echo a; env dd if=x' })).text).toBe(
    'command: dd is on the deny list (rm, dd, reboot)',
  );
  expect((await run({ command: 'echo a' })).data.output).toBe('a\n');
  const { tools } = await client.listTools();
  expect(tools.find(({ name }) => name === 'run')!.description).toContain('Denied programs: rm, dd, reboot.');
});

it('keeps its own variables from commands, but for those that were named', async () => {
  const { run } = await open(['--keep-env', 'KEPT_*'], { KEPT_A: 'a', OTHER: 'b' });
  const { data } = await run({ command: 'echo "$KEPT_A,$OTHER,$HOME,$MORE"', env: { MORE: 'c' } });
  expect(data.output).toBe(`a,,${process.env.HOME},c\n`);
});

it('masks secrets in output, progress, log and result', async () => {
  const secrets = { MY_TOKEN: 'own-secret-123', PLAIN: 'plain-value-1' };
  const { run, frames } = await open([], secrets);
  const command =
    'printf "%s" "1/9 own-sec"; sleep 0.25; echo "ret-123 $PLAIN $PW"; echo "2/9 $MY_TOKEN"; sleep 1; echo "$MY_TOKEN" >&2';
  const { text, data } = await run({ command, env: { PW: 'call-secret-456' } });
  expect(data.output).toBe('1/9 *** plain-value-1 ***\n2/9 ***\n***\n');
  expect(frames.filter(isProgress).map(({ params }) => params.message)).toContain('2/9 ***');
  const told = JSON.stringify([text, data, frames.filter(({ method }) => method !== undefined)]);
  expect(told).not.toMatch(/own-secret-123|call-secret-456|own-sec/);
});

it.each([
  [['--input', 'maybe'], '--input: expected ask or refuse, not "maybe"'],
  [['--allow', 'ls', '--shell', '/usr/bin/fish'], '--shell: with --allow or --deny expected sh'],
])('says what is wrong with %j', async (args, expected) => {
  const { commandServer } = await import('../server.ts');
  const { parseOptions } = await import('../../runtime/options.ts');
  const { OPTIONS } = await import('../options.ts');
  expect(() => commandServer(parseOptions(OPTIONS, args))).toThrow(expected);
});
