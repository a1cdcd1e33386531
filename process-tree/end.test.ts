import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findByCookie } from './cookie.ts';
import { endTree } from './end.ts';
import { identify, identifyChild, isEarlier, isSame, type ProcessIdentity } from './identity.ts';
import { listProcesses } from './list.ts';

const name = 'PROCESS_TREE_TEST';
let value: string;

beforeEach(() => {
  value = randomUUID();
});

afterEach(async () => {
  const { left } = await endTree({ cookie: { name, value }, graceMs: 0 });
  expect(left).toBe(0);
});

/** Starts a shell in its own group and waits until it has said `ready`, and whatever pids it printed before. */
async function start(
  script: string,
): Promise<{ root: ProcessIdentity; pids: number[]; shell: ChildProcess }> {
  const shell = spawn('/bin/sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, [name]: value },
  });
  const root = identifyChild(shell.pid!)!;
  const pids: number[] = [];
  for await (const line of createInterface({ input: shell.stdout! })) {
    if (line === 'ready') break;
    pids.push(Number(line));
  }
  return { root, pids, shell };
}

const living = (pids: number[]): number[] => pids.filter((pid) => identify(pid) !== undefined);

describe('endTree', () => {
  it('ends a shell, its children and its grandchildren', async () => {
    const { root, pids } = await start('sleep 300 & echo $!; (sleep 300 & echo $!; echo ready; wait) & wait');
    expect(living(pids)).toHaveLength(2);
    const result = await endTree({ root, graceMs: 5_000 });
    expect(result).toMatchObject({ left: 0, killed: 0, remaining: [] });
    expect(result.ended).toBeGreaterThanOrEqual(4);
    expect(living([root.pid, ...pids])).toEqual([]);
  });

  it('ends what left the group by setsid, by descent alone', async () => {
    const { root, pids } = await start('setsid sh -c "echo \\$\\$; echo ready; sleep 300" & wait');
    expect(listProcesses().find((entry) => entry.pid === pids[0])?.pgid).not.toBe(root.pid);
    expect(await endTree({ root, graceMs: 5_000 })).toMatchObject({ left: 0, killed: 0 });
    expect(living(pids)).toEqual([]);
  });

  it('ends a double-forked daemon whose root is gone, by the cookie alone', async () => {
    const { root, shell } = await start('(setsid sleep 300 </dev/null >/dev/null 2>&1 &) ; echo ready');
    if (shell.exitCode === null) await once(shell, 'exit');
    expect(isSame(root)).toBe(false);
    expect(findByCookie({ name, value })).toHaveLength(1);
    expect(await endTree({ root, cookie: { name, value }, graceMs: 5_000 })).toMatchObject({
      left: 0,
      ended: 1,
    });
    expect(findByCookie({ name, value })).toEqual([]);
  });

  it('ends an orphaned group without a cookie only when its root has just been reaped', async () => {
    const script = 'env -i sleep 300 </dev/null >/dev/null 2>&1 & echo $!; echo ready';
    const { root, pids, shell } = await start(script);
    if (shell.exitCode === null) await once(shell, 'exit');
    expect(await endTree({ root, graceMs: 1_000 })).toMatchObject({ left: 0, ended: 0 });
    expect(living(pids)).toHaveLength(1);
    expect(await endTree({ root, graceMs: 1_000, rootJustEnded: true })).toMatchObject({ left: 0, ended: 1 });
    expect(living(pids)).toEqual([]);
  });

  it('kills what ignores SIGTERM, but only after the grace', async () => {
    const { root, pids } = await start(
      `sh -c 'trap "" TERM; echo $$; echo ready; while :; do sleep 300; done' & wait`,
    );
    const before = performance.now();
    const result = await endTree({ root, graceMs: 300 });
    expect(performance.now() - before).toBeGreaterThanOrEqual(300);
    expect(result.left).toBe(0);
    expect(result.killed).toBeGreaterThanOrEqual(1);
    expect(living(pids)).toEqual([]);
  });

  it('ends a tree that grows while it dies', async () => {
    const { root } = await start(
      `trap 'setsid sleep 300 & exit' TERM; echo ready; while :; do sleep 0.05; done`,
    );
    expect(await endTree({ root, cookie: { name, value }, graceMs: 2_000 })).toMatchObject({ left: 0 });
    expect(findByCookie({ name, value })).toEqual([]);
  });

  it('ends a stopped process by SIGTERM', async () => {
    const { root } = await start('echo ready; kill -STOP $$; sleep 300');
    expect(await endTree({ root, graceMs: 5_000 })).toMatchObject({ left: 0, killed: 0 });
  });

  it('leaves a process alone whose start differs from the known one', async () => {
    const { root } = await start('echo ready; sleep 300');
    const stranger = { pid: root.pid, startedAt: 'another boot/1' };
    expect(isSame(stranger)).toBe(false);
    expect(await endTree({ root: stranger, graceMs: 0 })).toMatchObject({ left: 0, ended: 0, killed: 0 });
    expect(await endTree({ known: [stranger], graceMs: 0 })).toMatchObject({ left: 0, ended: 0 });
    expect(isSame(root)).toBe(true);
  });

  it('never signals the caller, its ancestors or its group', async () => {
    const self = identify(process.pid)!;
    const parent = identify(process.ppid)!;
    expect(await endTree({ known: [self, parent], graceMs: 0 })).toMatchObject({ left: 0, ended: 0 });
  }, 5_000);
});

it('calls a zombie gone', async () => {
  // A shell may take note of its child's end at any moment; what takes the shell's place never does.
  const heedless = `"${process.execPath}" -e "console.log('ready'); setInterval(() => {}, 1e6)"`;
  const { pids } = await start(`sleep 300 & echo $!; exec ${heedless}`);
  const [pid] = pids;
  process.kill(pid!, 'SIGKILL');
  const isZombie = () => listProcesses().find((entry) => entry.pid === pid)?.state === 'Z';
  await expect.poll(isZombie, { interval: 5, timeout: 10_000 }).toBe(true);
  expect(identify(pid!)).toBeUndefined();
});

it('tells which of two processes began earlier, and does not guess', () => {
  const at = (startedAt: string) => ({ pid: 1, startedAt });
  expect(isEarlier(at('boot/99'), at('boot/100'))).toBe(true);
  expect(isEarlier(at('boot/100'), at('boot/100'))).toBe(false);
  expect(isEarlier(at('boot/101'), at('boot/100'))).toBe(false);
  expect(isEarlier(at('other/99'), at('boot/100'))).toBe(false);
  expect(isEarlier(at('Mon Nov 23 10:00:00 2026'), at('Mon Nov 23 11:00:00 2026'))).toBe(false);
});
