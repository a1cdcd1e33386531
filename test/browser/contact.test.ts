import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cutOff } from '../support/cut-off.ts';
import { httpFixture } from '../support/http-fixture.ts';
import { tempFolder } from '../support/test-host.ts';
import { visit } from './browser-host.ts';
import { asks, hasEnded, laboratory } from './laboratory.ts';

/* A network that goes away, as the page tells it: in the row, in the detail, and of an answer that cannot be given. */

test('without contact the row and the detail say since when; with it back, the work goes on as if nothing had been', async () => {
  const way = await cutOff((await httpFixture('plain-sdk2-server.ts')).url);
  const { page, host, api, faults } = await visit({
    servers: { lab: { url: way.url, meanwhile: { taskAfterMs: 50 } } },
  });
  const { begin, sessionId, until } = await laboratory(api, 'The house');
  const path = join(tempFolder(), 'go');
  const id = await begin('wait_for', { path });
  await page.goto(`${host.url}/chat/${sessionId}`);
  const panel = page.getByRole('complementary', { name: 'Tasks of this chat' });
  await panel.getByText('waiting for the file').waitFor();

  await way.goAway();
  await panel.getByText(/^No contact since .*; looking for it$/).waitFor();
  const chip = page.getByRole('list', { name: 'Messages' }).getByRole('button', { name: /^Task: / });
  await chip.filter({ hasText: 'No contact' }).waitFor();
  await panel.getByText(/^wait_for/).click();
  const detail = page.getByRole('article', { name: /^wait_for/ });
  await detail.getByText('No contact', { exact: true }).first().waitFor();
  await detail.getByText('Whether the work goes on cannot be seen now.').waitFor();
  expect(await detail.getByText('No contact since').count()).toBe(1);

  await way.comeBack();
  await detail.getByText('Running', { exact: true }).waitFor();
  expect(await detail.getByText('No contact').count()).toBe(0);
  writeFileSync(path, ''); // now its end can be seen again
  await detail.getByText('the file is there').waitFor();
  await chip.filter({ hasText: 'Completed' }).waitFor();
  expect(await until(id, hasEnded)).toMatchObject({ status: 'completed' });
  expect(faults).toEqual([]);
});

test('an answer that cannot be handed over is said to be so, and what was typed stays until it can', async () => {
  const way = await cutOff((await httpFixture('tasks-v2-server.ts')).url);
  const { page, host, api, faults } = await visit({
    servers: { lab: { url: way.url, meanwhile: { taskAfterMs: 50 } } },
  });
  const { begin, until } = await laboratory(api, 'The house');
  const id = await begin('ask');
  await until(id, asks);
  await page.goto(`${host.url}/tasks/${id}`);
  const name = page.getByRole('textbox', { name: /^name/ });
  await name.fill('Ann');
  await way.goAway();
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByRole('form').getByRole('alert').waitFor();
  expect(await name.inputValue()).toBe('Ann');
  await way.comeBack();
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByText('name: accept {"name":"Ann"}').waitFor();
  expect(faults).toEqual([]);
});
