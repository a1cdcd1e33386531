import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Session } from '../../src/store/records.ts';
import type { TaskPage } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { ROOT } from '../support/test-host.ts';
import { visit } from './browser-host.ts';

/* Questions of real servers, one of each generation, from the tool to the answer and back. */

test.each([
  ['plain-sdk1-server.ts'],
  ['plain-sdk2-server.ts'],
  ['tasks-v1-server.ts'],
  ['tasks-v2-server.ts'],
])('%s asks two things, is answered on the page, and its result stands in the chat', async (file) => {
  const lab = { command: process.execPath, args: [join(ROOT, 'test/fixtures', file), 'stdio'] };
  const { page, api, host, faults } = await visit({ servers: { lab } });
  await eventually(async () => (await api.get<{ state: string }>('/api/servers/lab')).body.state === 'ready');
  const session = (await api.post<Session>('/api/sessions', { title: 'Questions' })).body;
  await page.goto(`${host.url}/chat/${session.id}`);
  await page.getByRole('combobox', { name: 'Message' }).fill('/lab.ask_twice');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');

  const messages = page.getByRole('list', { name: 'Messages' });
  const name = messages.getByRole('form').filter({ hasText: 'What is your name?' });
  const town = messages.getByRole('form').filter({ hasText: 'Where do you live?' });
  await name.getByRole('button', { name: 'Answer' }).click();
  await name.getByText('Expected text.').waitFor();
  await town.getByRole('textbox', { name: /^town/ }).fill('Ulm');
  await name.getByRole('textbox', { name: /^name/ }).fill('Ann');
  await name.getByRole('button', { name: 'Answer' }).click();
  await name.waitFor({ state: 'detached' });
  expect(await town.getByRole('textbox', { name: /^town/ }).inputValue()).toBe('Ulm');
  await town.getByRole('button', { name: 'Answer' }).click();
  const result = messages.getByRole('region', { name: /^Result of/ });
  await result.getByText(/Ann/).first().waitFor();
  await result.getByText(/Ulm/).first().waitFor();
  const { tasks } = (await api.get<TaskPage>('/api/tasks')).body;
  expect(tasks).toMatchObject([{ status: 'completed' }]);
  expect(faults).toEqual([]);
});
