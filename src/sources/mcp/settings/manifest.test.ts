import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readManifest } from './manifest.ts';

const folder = mkdtempSync(join(tmpdir(), 'meanwhile-manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'manifest.json');

function read(text: string) {
  writeFileSync(path, text);
  return readManifest(path);
}
const config = (fields: object) => JSON.stringify({ user_config: fields });

test('what is known is taken, what is not is passed over, what is secret is named only', () => {
  const manifest = {
    manifest_version: '0.3',
    display_name: 'Files',
    icon: 'x.png',
    user_config: {
      folder: { type: 'directory', title: 'Folders', multiple: true, required: true, colour: 'red' },
      key: { type: 'string', title: 'Key', sensitive: true },
      mode: { type: 'string', title: 'Mode', options: ['a'], required: false, multiple: false },
    },
  };
  expect(read(JSON.stringify(manifest))).toEqual({
    title: 'Files',
    fields: [
      { name: 'folder', type: 'directory', title: 'Folders', multiple: true, required: true },
      { name: 'mode', type: 'string', title: 'Mode', options: ['a'] },
    ],
    secrets: ['key'],
  });
  expect(read('{}')).toEqual({ fields: [], secrets: [] });
});

test.each([
  ['', 'expected JSON'],
  ['[]', 'body: expected object'],
  [config([]), 'user_config: expected record'],
  [config({ a: { title: 'A' } }), 'user_config.a.type: expected'],
  [config({ a: { type: 'colour', title: 'A' } }), 'user_config.a.type: expected'],
  [config({ a: { type: 'string' } }), 'user_config.a.title: expected string'],
  [config({ a: { type: 'number', title: 'A', multiple: true } }), 'user_config.a.multiple: expected false'],
  [config({ '-a': { type: 'string', title: 'A' } }), 'user_config.-a: expected'],
  [
    config(
      Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`a${n}`, { type: 'string', title: 'A' }])),
    ),
    'user_config: expected at most 50 settings',
  ],
])('%s', (text, words) => {
  expect(() => read(text)).toThrow(words);
  expect(() => read(text)).toThrow(path);
});

test('long texts are cut; one that is not there is named', () => {
  const long = 'x'.repeat(10_000);
  const [field] = read(config({ a: { type: 'string', title: long, description: long } })).fields;
  expect([field?.title.length, field?.description?.length]).toEqual([100, 500]);
  expect(() => readManifest(join(folder, 'none.json'))).toThrow('it cannot be read (ENOENT)');
  expect(() => readManifest('manifest.json')).toThrow('an absolute path');
});
