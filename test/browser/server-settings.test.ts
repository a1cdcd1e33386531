import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ServerView } from '../../src/store/records.ts';
import { eventually } from '../support/eventually.ts';
import { ROOT } from '../support/test-host.ts';
import { overflow, seriousFindings } from './axe.ts';
import { visit } from './browser-host.ts';

const FIXTURE = join(ROOT, 'test/fixtures/settings');

test('the settings of a server: typed, refused at their fields, kept, saved and used', async () => {
  const { page, host, api, home, faults } = await visit({
    servers: {
      lab: {
        command: process.execPath,
        args: [join(FIXTURE, 'server.ts')],
        meanwhile: {
          manifest: join(FIXTURE, 'manifest.json'),
          settings: { folder: [`$\{MEANWHILE_DATA}/workspace`], allow: ['git'] },
          taskAfterMs: 50,
        },
      },
    },
  });
  mkdirSync(join(home, 'projects'));
  const saved = () =>
    JSON.parse(readFileSync(join(host.folder, 'mcp.json'), 'utf8')).mcpServers.lab.meanwhile.settings;
  const dialog = page.getByRole('dialog');
  const save = dialog.getByRole('button', { name: 'Save', exact: true });
  const check = async (name: string) => {
    expect(await seriousFindings(page), name).toEqual([]);
    await page.screenshot({ path: `dist/screenshots/${name}.png` });
    expect(await overflow(page), `${name} is wider than the window`).toBeLessThanOrEqual(0);
  };

  await page.goto(`${host.url}/servers`);
  await page.getByText('Ready', { exact: true }).waitFor();
  await page.getByText(`${host.folder}/workspace`).waitFor(); // on the card, as it comes to
  await page.getByRole('button', { name: 'Settings of Set up' }).click();
  expect(await dialog.getByRole('textbox', { name: 'Folders 1' }).inputValue()).toBe(
    `$\{MEANWHILE_DATA}/workspace`,
  );
  expect(await save.isDisabled()).toBe(true);
  await check('settings-light-desk');

  await dialog.getByRole('button', { name: 'Add folder to Folders' }).click();
  await page.keyboard.type('/no/such/folder'); // the new row has the focus
  await dialog.getByLabel('Grace').fill('soon');
  await save.click();
  await dialog.getByText('Expected a folder that exists.').waitFor();
  await dialog.getByText('Expected a whole number from 0 to 60000.').waitFor();
  const wrong = dialog.getByRole('textbox', { name: 'Folders 2' });
  expect(await wrong.evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await wrong.inputValue()).toBe('/no/such/folder');
  expect(saved()).toEqual({ folder: [`$\{MEANWHILE_DATA}/workspace`], allow: ['git'] });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await check('settings-wrong-dark-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await check('settings-wrong-dark-desk');

  await wrong.fill(join(home, 'projects'));
  await dialog.getByRole('button', { name: `Remove $\{MEANWHILE_DATA}/workspace` }).click();
  await dialog.getByLabel('Grace').fill('500');
  await dialog.getByRole('button', { name: 'npm' }).click();
  await dialog.getByRole('button', { name: 'git' }).click();
  await dialog.getByRole('switch', { name: 'Read only' }).click();
  await dialog.getByLabel('Mode').selectOption('quick');
  const { body: call } = await api.post<{ taskId: string }>('/api/servers/lab/tools/hold', {});
  await save.click();
  await page.getByRole('dialog', { name: 'This restarts Set up' }).getByText('hold').waitFor();
  await check('settings-ends-dark-desk');
  await page.getByRole('button', { name: 'Save and end it' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(saved()).toEqual({
    folder: [join(home, 'projects')],
    allow: ['npm'],
    'grace-ms': 500,
    'read-only': true,
    mode: 'quick',
  });
  await eventually(async () => (await api.get<ServerView>('/api/servers/lab')).body.state === 'ready');
  const ended = await api.get<{ status: string }>(`/api/tasks/${call.taskId}`);
  expect(ended.body.status).toBe('failed');
  await page.getByText(join(home, 'projects')).waitFor();
  await check('settings-card-dark-desk');
  expect(faults).toEqual([]);
});
