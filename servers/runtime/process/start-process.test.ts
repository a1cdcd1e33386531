import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { identify } from '../../../process-tree/identity.ts';
import { startProcess } from './start-process.ts';

const shell = (command: string) => ({ file: '/bin/sh', args: ['-c', command] });
const base = { cwd: tmpdir(), env: {}, graceMs: 1_000 };

it('finds a process again that left everything, if it was seen while it had a parent', async () => {
  let printed = '';
  const run = startProcess({
    ...base,
    // Its own session, an empty environment, and in the end no parent: only having seen it helps.
    ...shell('(env -i setsid sh -c "echo \\$\\$; exec sleep 300" & sleep 0.5) ; exit 0'),
    sampleMs: 20,
    onOutput: (_stream, bytes) => {
      printed += bytes;
    },
  });
  const { exitStatus, tree } = await run.outcome;
  expect({ exitStatus, ended: tree.ended, left: tree.left }).toEqual({ exitStatus: 0, ended: 1, left: 0 });
  expect(identify(Number(printed))).toBeUndefined();
});

it('delivers all output before the outcome', async () => {
  let bytes = 0;
  const run = startProcess({
    ...base,
    ...shell('head -c 3000000 /dev/zero; head -c 1000000 /dev/zero >&2'),
    onOutput: (_stream, chunk) => {
      bytes += chunk.length;
    },
  });
  await run.outcome;
  expect(bytes).toBe(4_000_000);
});

it('rejects with the code when the command cannot be started', async () => {
  const run = startProcess({ ...base, cwd: '/nowhere/at/all', ...shell('true'), onOutput() {} });
  await expect(run.outcome).rejects.toMatchObject({ code: 'ENOENT' });
});

it('stops at once, also when asked twice or before the shell has begun', async () => {
  const run = startProcess({ ...base, ...shell('sleep 300'), onOutput() {} });
  run.stop();
  run.stop();
  const { signal, tree } = await run.outcome;
  expect(signal).toBe('SIGTERM');
  expect(tree.left).toBe(0);
});

describe('on a terminal', () => {
  const onTerminal = async (command: string) => {
    let text = '';
    const run = startProcess({
      ...base,
      ...shell(command),
      terminal: { columns: 77, rows: 20 },
      onOutput: (_stream, bytes) => {
        text += bytes;
      },
    });
    return { ...(await run.outcome), text };
  };

  it('has a size, and both of its outputs in one', async () => {
    const { exitStatus, signal, text } = await onTerminal('test -t 0 && stty size; echo err >&2; exit 3');
    expect({ exitStatus, signal, text }).toEqual({ exitStatus: 3, signal: null, text: '20 77\r\nerr\r\n' });
  });

  it('tells a signal from an exit status', async () => {
    expect(await onTerminal('kill -9 $$')).toMatchObject({ exitStatus: null, signal: 'SIGKILL' });
    expect(await onTerminal('exit 137')).toMatchObject({ exitStatus: 137, signal: null });
  });

  it('ends what was left in the background, wherever it went', async () => {
    const { tree } = await onTerminal('trap "" HUP; sleep 300 & setsid sleep 300 & echo begun');
    expect(tree).toMatchObject({ ended: 2, left: 0 });
  });

  it('delivers all output before the outcome', async () => {
    const { text } = await onTerminal('seq 1 20000');
    expect(text.split('\r\n').at(-2)).toBe('20000');
    expect(text.split('\r\n')).toHaveLength(20_001);
  });
});

describe.runIf(process.platform === 'linux')('the use of the machine', () => {
  const used = async (command: string) =>
    (await startProcess({ ...base, ...shell(command), onOutput() {} }).outcome).use;
  const burn = (seconds: number) =>
    `${process.execPath} -e 'const until = ${seconds}; while (process.cpuUsage().user / 1e6 < until) for (let n = 0; n < 1e6; n++);'`;

  it('counts the CPU time of what it ran, however deep and however short', async () => {
    const { cpuSeconds } = await used(`sh -c "sh -c \\"${burn(0.5)}\\""; true`);
    expect(cpuSeconds).toBeGreaterThanOrEqual(0.5);
    expect(cpuSeconds).toBeLessThan(5);
    expect((await used('true')).cpuSeconds).toBeLessThan(0.4);
  });

  it('sees the memory that was held', async () => {
    const program = 'const held = Buffer.alloc(200e6, 1); setTimeout(() => held, 300)';
    const { peakMb } = await used(`${process.execPath} -e '${program}'`);
    expect(peakMb).toBeGreaterThan(200);
    expect(peakMb).toBeLessThan(600);
  });

  it('is told apart of several that run at once', async () => {
    const [much, little] = await Promise.all([used(burn(0.6)), used('sleep 0.2')]);
    expect(much.cpuSeconds).toBeGreaterThanOrEqual(0.6);
    expect(little.cpuSeconds).toBeLessThan(0.3);
  });
});

it('does not read while it has something else to do', async () => {
  const run = startProcess({ ...base, ...shell('read first; sleep 300'), stdin: 'open', onOutput() {} });
  await expect
    .poll(() => run.isReadingInput(), { interval: 10 })
    .toBe(process.platform === 'linux' ? true : undefined);
  run.stdin!.write('go\n');
  if (process.platform === 'linux')
    await expect.poll(() => run.isReadingInput(), { interval: 10 }).toBe(false);
  run.stop();
  await run.outcome;
});
