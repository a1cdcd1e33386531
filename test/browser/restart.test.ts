import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../src/base/log.ts';
import { APP, startHost } from '../../src/host/start-host.ts';
import { ensureWebBuild } from '../../src/host/web-build.ts';
import { tempFolder } from '../support/test-host.ts';
import { threeFates } from '../support/three-fates.ts';
import { overflow, seriousFindings } from './axe.ts';
import { visit } from './browser-host.ts';

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

test.each([
  ['light', 'desk'],
  ['dark', 'desk'],
  ['light', 'phone'],
  ['dark', 'phone'],
] as const)('stopping and coming back, on the page: %s, %s', async (colorScheme, size) => {
  const folder = tempFolder();
  const { begin, open } = await threeFates(folder);
  const { host, api, page, faults } = await visit({ folder, colorScheme, viewport: SIZES[size] });
  await begin(api);
  const check = async (where: string) => {
    expect(await seriousFindings(page), where).toEqual([]);
    expect(await overflow(page), `${where} is wider than the window`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `dist/screenshots/${where}-${colorScheme}-${size}.png` });
  };
  const openDialog = async () => {
    if (size === 'phone') await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Stop Meanwhile…' }).click();
    await page.getByRole('heading', { name: 'Ends with Meanwhile' }).waitFor();
  };
  const dialog = page.getByRole('dialog', { name: 'Stop Meanwhile?' });

  await page.goto(`${host.url}/tasks`);
  await openDialog();
  for (const words of ['May go on, its end cannot be told', 'Goes on elsewhere and is found again'])
    await dialog.getByRole('heading', { name: words }).waitFor();
  await check('stop-dialog');
  await dialog.getByRole('button', { name: 'Wait, then stop' }).click();
  await page.getByText('2 running tasks have').waitFor();
  if (size === 'phone') await page.goto(`${host.url}/tasks`); // the menu is closed again
  await check('stop-waiting');
  await page.getByRole('button', { name: 'Keep running' }).click();
  await page.getByText('2 running tasks have').waitFor({ state: 'detached' });
  await openDialog();
  await dialog.getByRole('button', { name: 'Stop now' }).click();
  await page.getByRole('heading', { name: 'Meanwhile has stopped' }).waitFor();
  await check('stopped');
  await host.closed;

  const again = await startHost({
    folder,
    port: Number(new URL(host.url).port),
    hostname: '127.0.0.1',
    env: process.env,
    log: createLogger('silent'),
    pages: ensureWebBuild(APP, () => {}),
  });
  onTestFinished(() => again.close());
  const card = page.getByRole('region', { name: 'After the restart' });
  await card
    .getByText(/^1 (still looked for|found again and still running), 1 lost, 1 interrupted\.$/)
    .waitFor();
  await check('restart-tasks');
  open();
  await card.getByText(/^1 found again and ended since, /).waitFor();
  expect(await card.getByRole('link').count()).toBe(3);
  await page.goto(`${host.url}/`);
  await card.getByRole('button', { name: 'Show tasks' }).click();
  await check('restart-chat');
  await card.getByRole('button', { name: 'Dismiss' }).click();
  await card.waitFor({ state: 'detached' });
  await page.goto(`${host.url}/tasks`);
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  expect(await card.count()).toBe(0);
  expect(faults).toEqual([]);
});
