import { expect, test } from 'vitest';
import type { Session } from '../../src/store/records.ts';
import type { TaskPage } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { workServer } from '../support/test-host.ts';
import { overflow, seriousFindings } from './axe.ts';
import { visit } from './browser-host.ts';

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

test.each([
  ['light', 'desk'],
  ['dark', 'desk'],
  ['light', 'phone'],
  ['dark', 'phone'],
] as const)('axe finds nothing serious, nothing is cut off: %s, %s', async (colorScheme, size) => {
  const { page, api, host, faults } = await visit({
    servers: { lab: workServer(), gone: { command: 'no-such-program-here' } },
    colorScheme,
    viewport: SIZES[size],
  });
  const check = async (where: string) => {
    expect(await seriousFindings(page), where).toEqual([]);
    expect(await overflow(page), `${where} is wider than the window`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `dist/screenshots/${where}-${colorScheme}-${size}.png` });
  };

  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await check('welcome');

  const session = (await api.post<Session>('/api/sessions', { title: 'A chat with tasks' })).body;
  const say = (text: string) => api.post(`/api/sessions/${session.id}/messages`, { text });
  await say('/lab.steps steps=5 ms=10');
  await say('/lab.fail text="There is no space left on the drive"');
  await say('/lab.echo text="A short call"');
  await eventually(
    async () => (await api.get<TaskPage>('/api/tasks?status=completed')).body.tasks.length >= 1,
  );
  await say('/lab.steps steps=4000 ms=25');
  await say('/lab.hold');
  await page.goto(`${host.url}/chat/${session.id}`);
  await page.getByRole('list', { name: 'Messages' }).getByText('did 5 steps').first().waitFor();
  await check('chat');

  await page.goto(`${host.url}/tasks`);
  await page.getByText('steps', { exact: true }).first().waitFor();
  await check('tasks');
  const running = (await api.get<TaskPage>('/api/tasks?status=working&q=steps')).body.tasks[0];
  await page.goto(`${host.url}/tasks/${running?.id}`);
  await page.getByText('Arguments').first().waitFor();
  await check('task');

  await page.goto(`${host.url}/servers`);
  await page.getByText('no-such-program-here').first().waitFor();
  await check('servers');
  expect(faults).toEqual([]);
});
