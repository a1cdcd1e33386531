import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Task } from '../../src/task/task.ts';
import type { TaskPage } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { processesWith } from '../support/processes.ts';
import { commandServer, workServer } from '../support/test-host.ts';
import { visit } from './browser-host.ts';

test('a newcomer gets from consent to a real backup in two clicks, watches it, and finds the result in the chat', async () => {
  const { page, api, host, home, faults } = await visit();
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText(join(home, 'Documents'), { exact: true }).click(); // the choice; the default needs no click
  await page.getByRole('button', { name: 'Turn on and run the backup' }).click();

  // It appears by itself: in the panel, in the badge, with a bar that moves and a Cancel that works.
  await page.getByRole('progressbar').first().waitFor();
  await page
    .getByRole('button', { name: /^Cancel / })
    .first()
    .waitFor();
  expect(await page.title()).toMatch(/^\(1\) /);

  // And its end stands in the chat, once.
  await page.getByText('Backup complete and verified', { exact: false }).first().waitFor({ timeout: 60_000 });
  const [task] = (await api.get<TaskPage>('/api/tasks')).body.tasks as Task[];
  expect(task).toMatchObject({ status: 'completed', delivery: { state: 'delivered' } });
  const log = page.getByRole('list', { name: 'Messages' });
  expect(await log.getByRole('region', { name: /Result of/ }).count()).toBe(1);
  const archives = readdirSync(join(host.folder, 'backups'));
  expect(archives).toHaveLength(1);
  expect(archives[0]).toMatch(/^Documents-.*\.tar\.gz$/);

  // It still stands there once after a reload.
  await page.reload();
  await page.getByText('Backup complete and verified', { exact: false }).first().waitFor();
  expect(
    await page
      .getByRole('list', { name: 'Messages' })
      .getByRole('region', { name: /Result of/ })
      .count(),
  ).toBe(1);
  expect(faults).toEqual([]);
});

test('a command is completed from the schema, runs, is cancelled in the panel, and its processes are gone', async () => {
  const { page, home, api, faults } = await visit({ servers: { command: commandServer('/') } });
  await eventually(
    async () => (await api.get<{ state: string }>('/api/servers/command')).body.state === 'ready',
  );
  const composer = page.getByRole('combobox', { name: 'Message' });
  await composer.fill('/comm');
  await page.getByRole('option', { name: /command\.run/ }).waitFor();
  await page.keyboard.press('Tab');
  await page
    .getByRole('option', { name: /^command/ })
    .first()
    .waitFor();
  await composer.fill(
    `/command.run cwd=${home} command="echo 1/4; sleep 0.2; echo 2/4; sleep 4713 & setsid sleep 4714; wait"`,
  );
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const cancel = page.getByRole('button', { name: /^Cancel / }).first();
  await cancel.click();
  await page
    .getByText(/Stopping|Cancelled/)
    .first()
    .waitFor();
  const [task] = await eventually(async () => {
    const { tasks } = (await api.get<TaskPage>('/api/tasks?status=cancelled')).body;
    return tasks.length === 1 && (tasks as Task[]);
  });
  expect(task).toMatchObject({ cancel: { requestedBy: 'you' }, delivery: { state: expect.any(String) } });
  expect([...processesWith('sleep 4713'), ...processesWith('sleep 4714')]).toEqual([]);
  await page
    .getByRole('region', { name: /Result of/ })
    .getByText('Cancelled')
    .first()
    .waitFor();
  expect(faults).toEqual([]);
});

test('where the tool cannot stop there is no Cancel, on the panel and on the Tasks page', async () => {
  const { page, host, api, faults } = await visit({ servers: { lab: workServer({ cancel: 'none' }) } });
  await api.post('/api/servers/lab/tools/steps', { arguments: { steps: 400, ms: 25 } });
  await page.goto(`${host.url}/tasks`);
  await page.getByRole('progressbar').first().waitFor();
  expect(await page.getByRole('button', { name: /^Cancel / }).count()).toBe(0);
  await page.getByText('steps', { exact: false }).first().click();
  await page.getByText('Arguments').first().waitFor();
  expect(await page.getByRole('button', { name: /^Cancel / }).count()).toBe(0);
  expect(faults).toEqual([]);
});

test('arguments that do not fit are told in plain words, and the text stays', async () => {
  const { page, api, faults } = await visit({ servers: { lab: workServer() } });
  await eventually(async () => (await api.get<{ state: string }>('/api/servers/lab')).body.state === 'ready');
  const composer = page.getByRole('combobox', { name: 'Message' });
  await composer.fill('/lab.silent ms=soon');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'ms' }).waitFor();
  expect(await composer.inputValue()).toBe('/lab.silent ms=soon');
  expect(faults).toEqual([]);
});

test('a lost connection is said, and the page catches up by itself', async () => {
  const { page, host, api, context, faults } = await visit({ servers: { lab: workServer() } });
  await api.post('/api/servers/lab/tools/steps', { arguments: { steps: 40, ms: 50 } });
  await page.goto(`${host.url}/tasks`);
  await page.getByRole('progressbar').first().waitFor();
  await context.setOffline(true);
  await eventually(
    async () => (await api.get<TaskPage>('/api/tasks?status=completed')).body.tasks.length === 1,
  );
  await context.setOffline(false);
  await page.getByText('Completed').last().waitFor();
  await eventually(async () => (await page.getByRole('progressbar').count()) === 0);
  expect(existsSync(host.folder)).toBe(true);
  expect(faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});
