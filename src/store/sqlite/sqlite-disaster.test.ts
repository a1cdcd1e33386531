import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { messageWrite, sampleMessage, sampleTask, taskWrite } from '../contract/sample-records.ts';
import type { Store } from '../ports.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { sqlitePlace } from './sqlite-place.fixture.ts';

/** A small file system of its own needs root on Linux. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const WHY = canMount ? '' : ' (skipped: mounting a small file system needs root on Linux)';

describe.skipIf(!canMount)(`On a small file system${WHY}`, () => {
  it('a full disk refuses, keeps what is there, and works again once there is space', async () => {
    await onSmallDisk(async (folder) => {
      const ballast = join(folder, 'ballast');
      writeFileSync(ballast, Buffer.alloc(5 * 512 * 1024));
      const store = await openSqliteStore({ file: join(folder, 'meanwhile.db') });
      const kept: string[] = [];
      const error = await fill(store, kept);
      expect(error).toMatchObject({ code: 'store_full' });
      expect(kept.length).toBeGreaterThan(1);
      // What was too much for the message may be enough for a line or two.
      const logging = async () => {
        for (let n = 0; n < 50; n++) await store.log.append([logLine('x'.repeat(60_000))]);
      };
      await expect(logging()).rejects.toMatchObject({ code: 'store_full' });
      for (const id of kept) expect(await store.messages.get(id)).toBeDefined();
      expect(await store.changes.head()).toBeGreaterThan(0);

      rmSync(ballast);
      const task = sampleTask();
      await store.writer.commit([taskWrite(task, '{}')], 'durable');
      await store.close();

      const again = await openSqliteStore({ file: join(folder, 'meanwhile.db') });
      for (const id of kept) expect(await again.messages.get(id)).toBeDefined();
      expect(await again.tasks.get(task.id)).toMatchObject(task);
      expect((await again.tasks.counts()).working).toBe(1);
      await again.close();
    });
  });

  it('a folder that cannot be written is told as such', async () => {
    await onSmallDisk(async (folder) => {
      await (await openSqliteStore({ file: join(folder, 'meanwhile.db') })).close();
      execFileSync('mount', ['-o', 'remount,ro', folder]);
      for (const name of ['meanwhile.db', 'new.db'])
        await expect(openSqliteStore({ file: join(folder, name) })).rejects.toMatchObject({
          code: 'store_read_only',
          detail: expect.stringContaining(folder),
        });
    });
  });
});

it('kill -9 in the middle of writing loses nothing that was acknowledged', async () => {
  const place = await sqlitePlace();
  const acknowledged = await untilKilled('write-until-killed.fixture.ts', place.file, 300);
  const store = await place.open();
  for (const id of acknowledged) expect(await store.messages.get(id)).toBeDefined();
  await store.close();
  await place.remove();
});

it('kill -9 in the middle of accepting, again and again: each event is there, pending or with its one run', async () => {
  const place = await sqlitePlace();
  const acknowledged: string[] = [];
  for (let kills = 0; kills < 3; kills++)
    acknowledged.push(...(await untilKilled('accept-until-killed.fixture.ts', place.file, 100 + kills)));
  const store = await place.open();
  const runs = await store.runs.active('asg_1');
  const taken = runs.flatMap(({ cause }) => (cause.type === 'event' ? cause.events : []));
  const pending = await store.inbox.pending('asg_1', 1_000);
  const kept = [...taken, ...pending.map(({ event }) => event)].map(({ id }) => id);
  expect(new Set(kept).size).toBe(kept.length);
  expect([...kept, ...runs.map(({ id }) => id)]).toEqual(expect.arrayContaining(acknowledged));
  expect(acknowledged.length).toBeGreaterThan(300);
  for (const { event, inboxId } of [...pending.slice(0, 1), ...pending.slice(-1)])
    expect(await store.inbox.accept('asg_1', event)).toEqual({ inboxId, isNew: false });
  await store.close();
  await place.remove();
});

/** Runs a fixture on a file and kills it once it has printed so many lines; returns all that it printed. */
async function untilKilled(fixture: string, file: string, lines: number): Promise<string[]> {
  const script = join(import.meta.dirname, fixture);
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const printed: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    printed.push(line);
    if (printed.length === lines) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return printed;
}

const logLine = (text: string) => ({
  taskId: 'task_1',
  at: '2026-01-02T03:04:05.678Z',
  kind: 'output' as const,
  text,
});

/** Writes until it is refused; returns the refusal. */
async function fill(store: Store, kept: string[]): Promise<unknown> {
  for (;;) {
    const message = sampleMessage({ parts: [{ type: 'text', text: 'x'.repeat(50_000) }] });
    try {
      await store.writer.commit([messageWrite(message)], 'durable');
    } catch (error) {
      return error;
    }
    kept.push(message.id);
  }
}

async function onSmallDisk(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'meanwhile-small-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]);
  try {
    await use(folder);
  } finally {
    execFileSync('umount', [folder]);
    rmdirSync(folder);
  }
}
