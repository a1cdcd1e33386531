import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from './open-sqlite-store.ts';
import { sqlitePlace } from './sqlite-place.fixture.ts';

describe('The file of the store', () => {
  let place: Awaited<ReturnType<typeof sqlitePlace>>;
  beforeEach(async () => {
    place = await sqlitePlace();
  });
  afterEach(() => place.remove());

  const foreign = {
    'a text': () => writeFileSync(place.file, 'Dear diary'),
    'random bytes': () => writeFileSync(place.file, randomBytes(10_000)),
    'the database of another program': () => {
      const other = new DatabaseSync(place.file);
      other.exec('create table tasks (id integer); insert into tasks values (1)');
      other.close();
    },
    'the marked database of another program': () => {
      const other = new DatabaseSync(place.file);
      other.exec('pragma application_id = 77; create table notes (id integer)');
      other.close();
    },
  };
  it.each(Object.entries(foreign))('%s is refused and untouched', async (_, make) => {
    make();
    const before = readFileSync(place.file);
    const { mtimeMs } = statSync(place.file);
    await expect(place.open()).rejects.toMatchObject({ code: 'store_foreign' });
    expect(readFileSync(place.file).equals(before)).toBe(true);
    expect(statSync(place.file).mtimeMs).toBe(mtimeMs);
    expect(readdirSync(dirname(place.file))).toHaveLength(1);
  });

  it('a file marked as ours whose schema is not is refused', async () => {
    await (await place.open()).close();
    const other = new DatabaseSync(place.file);
    other.exec('drop table meanwhile_migrations');
    other.close();
    await expect(place.open()).rejects.toMatchObject({ code: 'store_foreign' });
  });

  it('an empty file is taken, and what is made is for our eyes only', async () => {
    writeFileSync(place.file, '');
    await (await place.open()).close();
    const fresh = await sqlitePlace();
    await (await fresh.open()).close();
    expect(statSync(fresh.file).mode & 0o777).toBe(0o600);
    await fresh.remove();
  });

  it('damage is told in plain words', async () => {
    await (await place.open()).close();
    const bytes = readFileSync(place.file);
    bytes.fill(0xff, 4096); // all but the first page
    writeFileSync(place.file, bytes);
    const error = await place.open().then(
      () => undefined,
      (reason: unknown) => reason as { code: string; detail: string },
    );
    expect(error?.code).toBe('store_failed');
    expect(error?.detail).toContain('damaged');
    expect(error?.detail).not.toMatch(/select|pragma|SQLITE|malformed/i);
  });

  it('a folder that is not there is named', async () => {
    const file = join(dirname(place.file), 'missing', 'x.db');
    await expect(openSqliteStore({ file })).rejects.toMatchObject({
      code: 'store_failed',
      detail: expect.stringContaining(dirname(file)),
    });
  });
});
