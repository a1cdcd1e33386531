import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { ROOT, tempFolder } from '../support/test-host.ts';
import { visit } from './browser-host.ts';

const sdk1 = { command: process.execPath, args: [join(ROOT, 'test/fixtures/sdk1-server.ts'), 'stdio'] };

test('a server is tested from its card; a tool is used only after a yes, and the test ends with its dialog', async () => {
  const { page, host, faults } = await visit({ servers: { lab: sdk1 } });
  const mark = join(tempFolder(), 'mark');
  await page.goto(`${host.url}/servers`);
  await page.getByText('Ready', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Test lab' }).click();

  await page.getByRole('button', { name: 'Test the server' }).click();
  await page.getByText('Connects.').waitFor();
  await page.getByText(/MCP 2025-11-25, calls only/).waitFor();

  await page.getByLabel('What to test').selectOption('work');
  await page.getByLabel('Arguments').fill(JSON.stringify({ steps: 100_000, mark }));
  await page.getByRole('button', { name: 'Run the tool twice' }).click();
  await page.getByRole('button', { name: 'Do not' }).click();
  expect(existsSync(`${mark}.begun`)).toBe(false);
  await page.getByRole('button', { name: 'Run the tool twice' }).click();
  await page.getByRole('button', { name: 'Use it twice' }).click();
  await eventually(() => existsSync(`${mark}.begun`));

  await page.keyboard.press('Escape');
  await eventually(() => existsSync(mark)); // it was asked to stop
  expect(faults).toEqual([]);
});
