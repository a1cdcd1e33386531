import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
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
