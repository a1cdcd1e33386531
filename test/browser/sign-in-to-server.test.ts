import { expect, test } from 'vitest';
import { protectedServer } from '../oauth/protected-server.ts';
import { overflow, seriousFindings } from './axe.ts';
import { visit } from './browser-host.ts';

test('a server is signed in to in another tab, and signed out of', async () => {
  const server = await protectedServer();
  const { page, host, context, faults } = await visit({ servers: { guarded: { url: server.url } } });
  await page.goto(`${host.url}/servers`);
  await page.getByText('This server wants you to sign in.').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Sign in to guarded' }).click();
  const tab = await opened;
  await tab.getByRole('heading', { name: 'Signed in' }).waitFor();
  expect(await tab.evaluate(() => window.opener)).toBeNull();
  await tab.close();

  await page.getByText('2 tools').waitFor();
  await page.getByText(/over HTTP · MCP 2026-07-28 · plain calls · found out today/).waitFor();
  await page.getByRole('button', { name: 'Sign out of guarded' }).click();
  await page.getByText('This server wants you to sign in.').waitFor();
  expect(server.authorization.asked.authorizations).toHaveLength(1);
  expect(faults).toEqual([]);
});
