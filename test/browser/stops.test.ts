import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TaskPage } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { tempFolder } from '../support/test-host.ts';
import { visit } from './browser-host.ts';
import { fixture, hasEnded, laboratory } from './laboratory.ts';

/* Work that does not stop, and work that is done again: real servers from the click to what became of it. */

test('work that goes on although it was asked to stop: waiting for it can be ended, and its true end is told', async () => {
  const { page, host, api, faults } = await visit({
    servers: { lab: fixture('plain-sdk2-server.ts', 'stdio') },
  });
  const { begin, sessionId, until } = await laboratory(api, 'The house');
  const path = join(tempFolder(), 'go');
  const id = await begin('stubborn', { path });
  await page.goto(`${host.url}/chat/${sessionId}`);
  const panel = page.getByRole('complementary', { name: 'Tasks of this chat' });
  await panel.getByRole('button', { name: /^Cancel stubborn/ }).click();
  await panel.getByText('Goes on although it was asked to stop').waitFor();
  // It is running, not stopping; and asking again is of no use.
  expect(await panel.getByText('Stopping…').count()).toBe(0);
  expect(await panel.getByRole('button', { name: /^(Cancel|End by force)/ }).count()).toBe(0);

  const stopWaiting = panel.getByRole('button', { name: /^Stop waiting for stubborn/ });
  await stopWaiting.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The work itself is not stopped').waitFor();
  // What happens in the dialog does not open the row behind it.
  await dialog.getByRole('button', { name: 'Keep waiting' }).click();
  expect(new URL(page.url()).search).toBe('');
  await stopWaiting.click();
  await dialog.getByRole('button', { name: 'Stop waiting' }).click();
  const result = page.getByRole('list', { name: 'Messages' }).getByRole('region', { name: /^Result of/ });
  await result.getByText(/^Lost · /).waitFor();
  await result.getByRole('button', { name: /^Run again/ }).waitFor();

  // One's own stop is no news; the true end is, wherever the reader is then.
  await page.getByRole('link', { name: 'Tools & servers' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tools & servers' }).waitFor();
  writeFileSync(path, '');
  const note = page.getByRole('region', { name: 'Notes' }).getByText(/^stubborn: .*: completed after/);
  await note.getByRole('link', { name: 'Show' }).click();
  await page.getByRole('link', { name: 'Open its chat' }).click();
  await result.getByText(/^Completed · /).waitFor();
  await result.getByText('done all the same').waitFor();
  expect(await result.count()).toBe(1);
  expect(await result.getByRole('button', { name: /^Run again/ }).count()).toBe(0);
  await panel.getByRole('article').getByText('Completed', { exact: true }).first().waitFor();
  expect(await until(id, hasEnded)).toMatchObject({ status: 'completed', cancel: { answer: 'ignored' } });
  expect(faults).toEqual([]);
});

test('force names every other work first, ends all that was named, and says so of each', async () => {
  const { page, host, api, faults } = await visit({
    servers: { lab: fixture('plain-sdk2-server.ts', 'stdio') },
  });
  const { begin, until } = await laboratory(api, 'The house');
  const folder = tempFolder();
  const doomed = await begin('stubborn', { path: join(folder, 'go') });
  const other = await begin('hold', { mark: join(folder, 'mark') });
  await page.goto(`${host.url}/tasks/${doomed}`);
  const force = page.getByRole('button', { name: /^End by force/ });
  await page.getByRole('button', { name: /^Cancel / }).click();
  await force.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('lab', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'End by force' }).click();
  await dialog.getByRole('listitem').filter({ hasText: /^hold/ }).waitFor();
  expect(await dialog.getByRole('listitem').count()).toBe(1);
  for (const id of [doomed, other]) expect(hasEnded(await until(id, () => true))).toBe(false);

  await dialog.getByRole('button', { name: 'End both' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Ended by force, together with the processes of “lab”.').first().waitFor();
  await page.getByText('Cancelled', { exact: true }).first().waitFor();
  await page.goto(`${host.url}/tasks/${other}`);
  await page
    .getByText(/“lab” was ended to stop “stubborn/)
    .first()
    .waitFor();
  await page.getByText('Failed', { exact: true }).first().waitFor();
  expect(await until(other, hasEnded)).toMatchObject({ failure: { reason: 'server_exited' } });
  expect(faults).toEqual([]);
});

test('running again asks first, unless the tool says that twice does no harm', async () => {
  const { page, host, api, faults } = await visit({
    servers: { lab: fixture('plain-sdk2-server.ts', 'stdio') },
  });
  const { begin, until } = await laboratory(api, 'The house');
  const path = join(tempFolder(), 'key');
  const again = page.getByRole('button', { name: /^Run again/ });
  const dialog = page.getByRole('dialog');

  const safe = await begin('look', { path });
  await until(safe, hasEnded);
  writeFileSync(path, '');
  await page.goto(`${host.url}/tasks/${safe}`);
  await again.click();
  await page
    .getByText(/^look: .*: (runs again|completed)/)
    .first()
    .waitFor();
  expect(await dialog.count()).toBe(0);
  expect(await runsOf('look')).toMatchObject([{ status: 'completed' }, { status: 'failed' }]);

  const unsafe = await begin('fail');
  await until(unsafe, hasEnded);
  await page.goto(`${host.url}/tasks/${unsafe}`);
  await again.click();
  await dialog.getByText('it may do its work twice').waitFor();
  expect(await runsOf('fail')).toHaveLength(1);
  await dialog.getByRole('button', { name: 'Run again' }).click();
  await page.getByText('fail: runs again').first().waitFor();
  expect(await runsOf('fail')).toMatchObject([{ status: 'failed' }, { status: 'failed' }]);

  const secret = await begin('look', { path: `${path}-2`, token: 'secret' });
  await until(secret, hasEnded);
  await page.goto(`${host.url}/tasks/${secret}`);
  await again.click();
  await page.getByText('Secrets were taken out').waitFor();
  expect(await runsOf('look')).toHaveLength(3);
  expect(faults).toEqual([]);

  /** All that were made of a tool, newest first, once they have ended. */
  function runsOf(tool: string) {
    return eventually(async () => {
      const { tasks } = (await api.get<TaskPage>('/api/tasks')).body;
      const runs = tasks.filter(({ source }) => source.tool === tool);
      return runs.every(hasEnded) && runs.toSorted((a, b) => b.id.localeCompare(a.id));
    });
  }
});
