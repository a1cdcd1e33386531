import { chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { AppError } from '../src/base/errors.ts';
import { canMount, smallDisk } from './support/small-disk.ts';
import { tempFolder, testHost, writeConfig } from './support/test-host.ts';

/* What keeps a host from starting is said with a code and the file; nothing is changed, nothing is left running. */

const refusal = async (folder: string, port?: number): Promise<AppError> => {
  try {
    await testHost({}, { folder, port });
  } catch (error) {
    return error as AppError;
  }
  throw new Error('the host started');
};

/** The folder of a host that ran and was closed. */
async function usedFolder(): Promise<string> {
  const folder = tempFolder();
  writeConfig(folder, {});
  const host = await testHost({}, { folder });
  await host.api.post('/api/sessions', { title: 'Kept' });
  await host.close();
  return folder;
}

test.each([
  [
    'a text',
    (file: string) => writeFileSync(file, 'my notes, not a database\n'.repeat(100)),
    'store_foreign',
  ],
  ['a short text', (file: string) => writeFileSync(file, 'notes'), 'store_foreign'],
  [
    'the database of another program',
    (file: string) => {
      const other = new DatabaseSync(file);
      other.exec('create table notes (text); insert into notes values (1)');
      other.close();
    },
    'store_foreign',
  ],
  ['a folder', (file: string) => mkdirSync(file), 'store_'],
])('in place of the database stands %s', async (_what, make, code) => {
  const folder = tempFolder();
  const file = join(folder, 'meanwhile.db');
  make(file);
  const read = () => (code === 'store_' ? '' : readFileSync(file, 'latin1'));
  const before = read();
  const error = await refusal(folder);
  expect(error.name).toBe('AppError');
  expect(error.code).toContain(code);
  expect(error.detail).toContain(file);
  expect(read()).toBe(before);
});

test('a database that was cut off', async () => {
  const folder = await usedFolder();
  const file = join(folder, 'meanwhile.db');
  truncateSync(file, 5_000);
  const error = await refusal(folder);
  expect(error.code).toMatch(/^store_/);
  expect(error.detail).toContain(file);
});

test('a database of a newer version', async () => {
  const folder = await usedFolder();
  const database = new DatabaseSync(join(folder, 'meanwhile.db'));
  database.exec("insert into meanwhile_migrations values (999, 'later', '2030-01-01')");
  database.close();
  expect(await refusal(folder)).toMatchObject({
    code: 'store_newer',
    detail: expect.stringContaining('999'),
  });
});

test('a second host on the same folder; the first is not disturbed', async () => {
  const first = await testHost();
  expect(await refusal(first.folder)).toMatchObject({
    code: 'host_running',
    detail: expect.stringContaining(first.folder),
  });
  expect((await first.api.get('/readyz')).status).toBe(200);
});

test('a port that is in use; the folder is free again afterwards', async () => {
  const other = createServer();
  onTestFinished(() => void other.close());
  const port = await new Promise<number>((resolve) =>
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
  );
  const folder = await usedFolder();
  expect(await refusal(folder, port)).toMatchObject({
    code: 'port_in_use',
    detail: expect.stringContaining(String(port)),
  });
  const host = await testHost({}, { folder });
  expect((await host.api.get<{ sessions: object[] }>('/api/sessions')).body.sessions).toHaveLength(1);
});

test('a token that cannot be read', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'token'));
  expect(await refusal(folder)).toMatchObject({
    code: 'store_read_only',
    detail: expect.stringContaining('token'),
  });
});

test('a file in place of the data folder', async () => {
  const folder = join(tempFolder(), 'home');
  writeFileSync(folder, '');
  expect(await refusal(folder)).toMatchObject({
    code: 'store_read_only',
    detail: expect.stringContaining(folder),
  });
});

test('a folder that cannot be written', async () => {
  const disk = canMount() ? smallDisk(8) : undefined;
  const folder = disk?.folder ?? tempFolder();
  writeConfig(folder, {});
  if (disk) disk.readOnly();
  else chmodSync(folder, 0o500);
  onTestFinished(() => (disk ? disk.writable() : chmodSync(folder, 0o700)));
  expect(await refusal(folder)).toMatchObject({
    code: 'store_read_only',
    detail: expect.stringContaining(folder),
  });
});
