import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expandEntry, expandText } from '../sources/mcp/config/expand.ts';
import { parseConfig } from '../sources/mcp/config/parse-config.ts';
import { readManifest } from '../sources/mcp/settings/manifest.ts';
import type { ServerEntry } from '../sources/server-entry.ts';
import { ensureConfig } from './default-config.ts';
import { openDataFolder } from './folder.ts';
import { APP } from './start-host.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanwhile-default-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function entries(): Record<string, ServerEntry> {
  const parsed = parseConfig(readFileSync(join(folder, 'mcp.json'), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.problem);
  return Object.fromEntries(
    parsed.servers.map((server) => {
      if (!('entry' in server)) throw new Error(server.problem);
      return [server.name, server.entry];
    }),
  );
}

test('what keeps to a folder in the data folder is on, what runs programs is off', () => {
  ensureConfig(openDataFolder(folder));
  const on = Object.entries(entries()).map(([name, { meanwhile }]) => [name, meanwhile?.enabled]);
  expect(on).toEqual([
    ['files', true],
    ['git', true],
    ['command', false],
    ['agent', false],
  ]);
  expect(existsSync(join(folder, 'workspace'))).toBe(true);
});

test('each names a program and a manifest that are there, and settings that the manifest knows', () => {
  ensureConfig(openDataFolder(folder));
  const env = { HOME: '/home/me', MEANWHILE_NODE: 'node', MEANWHILE_APP: APP, MEANWHILE_DATA: folder };
  for (const [name, entry] of Object.entries(entries())) {
    expect(existsSync(expandEntry(entry, env).args?.[0] ?? ''), name).toBe(true);
    const { manifest = '', settings = {} } = entry.meanwhile ?? {};
    const known = readManifest(expandText(manifest, 'manifest', env)).fields.map((field) => field.name);
    expect(known, name).toEqual(expect.arrayContaining(Object.keys(settings)));
  }
});

test('a file that is there is never touched', () => {
  const old = '{"mcpServers": {}} // mine';
  writeFileSync(join(folder, 'mcp.json'), old);
  ensureConfig(openDataFolder(folder));
  expect(readFileSync(join(folder, 'mcp.json'), 'utf8')).toBe(old);
  expect(existsSync(join(folder, 'workspace'))).toBe(false);
});
