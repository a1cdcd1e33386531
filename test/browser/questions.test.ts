import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { tempFolder } from '../support/test-host.ts';
import { type Visit, visit } from './browser-host.ts';
import { asks, fixture, hasEnded, laboratory } from './laboratory.ts';
import { PAINT } from './paint-question.ts';

/* What servers ask, and how it is answered on the page. The servers are real, and ask as odd servers do. */

const house = { house: 'the red one' };

async function painter(...args: string[]) {
  const here = await visit({ servers: { painter: fixture('odd-server.ts', ...args) } });
  const lab = await laboratory(here.api, 'Paint the house');
  return {
    ...here,
    ...lab,
    begin: (tool: string, args?: Record<string, unknown>) => lab.begin(tool, args, 'painter'),
    messages: here.page.getByRole('list', { name: 'Messages' }),
    panel: here.page.getByRole('complementary', { name: 'Tasks of this chat' }),
  };
}

test('a form is filled in where the task runs, checked field by field, and given', async () => {
  const { page, host, begin, until, sessionId, messages, panel, faults } = await painter();
  await page.goto(`${host.url}/chat/${sessionId}`);
  await page.getByRole('combobox', { name: 'Message' }).waitFor(); // from here on it follows the events
  const live = page.locator('p[aria-live=polite]');
  const id = await begin('ask_all', { ...house, questions: [PAINT] });

  // It is announced, the row says so, the dot and the title count it, and the words of the server are text.
  await live
    .filter({ hasText: 'ask_all: the red one: needs you. Which paint' })
    .waitFor({ state: 'attached' });
  await panel.getByText('Needs you: ').waitFor();
  await page.getByText('One needs you').first().waitFor({ state: 'attached' });
  expect(await page.title()).toMatch(/^\(1\) /);
  const form = messages.getByRole('form');
  await form.getByText('Which paint should be used for the <b>front</b>?').waitFor();
  await form.getByText('painter', { exact: true }).waitFor();

  // Wrong fields are named under themselves, and the first of them has the focus.
  const owner = form.getByRole('textbox', { name: /^Owner/ });
  await owner.fill('A');
  await form.getByRole('textbox', { name: 'E-mail' }).fill('nobody');
  await form.getByRole('button', { name: 'Answer' }).click();
  expect(await owner.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await owner.getAttribute('aria-invalid')).toBe('true');
  const about = await owner.evaluate(
    (field) => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent,
  );
  expect(about).toContain('Expected text of at least 2 characters.');
  expect(about).toContain('Whose house it is');
  await form.getByText('Expected an e-mail address').waitFor();
  await form.getByText('Expected at least 1 of doors, windows, roof.').waitFor();
  expect(asks(await until(id, () => true))).toBe(true);

  // What is typed stays when the same question is opened in the panel.
  await owner.fill('Ann');
  await panel.getByText('ask_all: the red one').click();
  const inPanel = page.getByRole('article', { name: 'ask_all: the red one' }).getByRole('form');
  expect(await inPanel.getByRole('textbox', { name: /^Owner/ }).inputValue()).toBe('Ann');
  await inPanel.getByRole('textbox', { name: 'E-mail' }).fill('');
  await inPanel.getByRole('radio', { name: 'Barn red' }).check();
  await inPanel.getByRole('checkbox', { name: 'roof' }).check();
  await inPanel.getByLabel('Start').fill('2026-12-01');
  await inPanel.getByRole('combobox', { name: 'Brand' }).selectOption('F');
  await inPanel.getByRole('button', { name: 'Answer' }).click();
  await form.waitFor({ state: 'detached' });
  const content = {
    owner: 'Ann',
    layers: 2,
    colour: 'r',
    start: '2026-12-01',
    brand: 'F',
    parts: ['roof'],
    clean: true,
  };
  await messages
    .getByRole('region', { name: /^Result of/ })
    .getByText('"owner":"Ann"')
    .waitFor();
  const { result } = await until(id, hasEnded);
  expect(JSON.parse(result?.preview ?? '')).toEqual([{ action: 'accept', content }]);
  expect(faults).toEqual([]);
});

test('a page that must be visited is opened only after a yes; then the call is made again', async () => {
  const shop = createServer((_request, response) => response.end('signed in')).listen(0, '127.0.0.1');
  await once(shop, 'listening');
  onTestFinished(() => void shop.closeAllConnections());
  onTestFinished(() => void shop.close());
  const address = shop.address() as { port: number };
  const url = `http://127.0.0.1:${address.port}/in?for=painter`;
  const mark = join(tempFolder(), 'mark');
  const { page, context, host, begin, until, faults } = await painter(mark);
  const id = await begin('visit', { url });
  await page.goto(`${host.url}/tasks/${id}`);
  const form = page.getByRole('form');
  await form.getByText('Sign in first.').waitFor();
  await form.getByText(`127.0.0.1:${address.port}`, { exact: true }).waitFor();
  await form.getByText(url, { exact: true }).waitFor();
  expect(await form.getByRole('button', { name: 'I have done it' }).count()).toBe(0);
  await form.getByRole('button', { name: /^Open the page/ }).click();
  const anchor = page.getByRole('dialog').getByRole('link', { name: `Open 127.0.0.1:${address.port}` });
  expect(await anchor.getAttribute('rel')).toBe('noopener noreferrer');
  const [opened] = await Promise.all([context.waitForEvent('page'), anchor.click()]);
  await opened.getByText('signed in').waitFor();
  expect(opened.url()).toBe(url);
  await opened.close();
  expect(readFileSync(mark, 'utf8')).toBe('visit 1\n');
  await form.getByRole('button', { name: 'I have done it' }).click();
  await page.getByText('visited', { exact: true }).waitFor();
  expect(await until(id, hasEnded)).toMatchObject({ status: 'completed' });
  expect(readFileSync(mark, 'utf8')).toBe('visit 1\nvisit 2\n');
  expect(faults).toEqual([]);
});

test('a question that may be of either of two calls stands at both, and one answer is enough', async () => {
  const { page, host, begin, until, sessionId, messages, faults } = await painter();
  const first = await begin('wonder');
  await until(first, asks);
  const second = await begin('wonder');
  await until(first, ({ input }) => input?.length === 2);
  await page.goto(`${host.url}/chat/${sessionId}`);
  const shared = messages
    .getByRole('form')
    .filter({ hasText: 'The server does not say for which of its 2 calls it asks' });
  await shared.nth(1).waitFor();
  expect(await messages.getByRole('form').count()).toBe(3);

  // A wrong answer is told at its field; the right one at one place takes the question from both.
  const field = shared.last().getByRole('textbox', { name: /^n/ });
  await field.fill('0');
  await shared.last().getByRole('button', { name: 'Answer' }).click();
  await shared
    .last()
    .getByText(/^Expected a whole number/)
    .waitFor();
  await field.fill('7');
  await shared.last().getByRole('button', { name: 'Answer' }).click();
  await shared.first().waitFor({ state: 'detached' });
  expect((await until(second, hasEnded)).result?.preview).toContain('"n":7');
  await messages.getByRole('form').getByRole('button', { name: 'Decline' }).click();
  expect((await until(first, hasEnded)).result?.preview).toContain('decline');
  await messages.getByRole('form').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('a question that the server takes back goes away, and its end says so', async () => {
  const { page, host, begin, sessionId, messages, panel, faults } = await painter();
  const path = join(tempFolder(), 'regrets');
  await begin('regret', { path });
  await page.goto(`${host.url}/chat/${sessionId}`);
  await messages.getByRole('form').getByText('Shall I?').waitFor();
  await panel.getByText(/^regret/).click();
  const detail = page.getByRole('article', { name: /^regret/ });
  await detail.getByRole('form').waitFor();
  writeFileSync(path, '');
  await messages.getByRole('form').waitFor({ state: 'detached' });
  await detail.getByRole('form').waitFor({ state: 'detached' });
  await detail.getByText('never mind').waitFor();
  await detail.getByText('The server does not ask this any more.').waitFor();
  expect(await page.title()).not.toMatch(/^\(/);
  expect(faults).toEqual([]);
});

test('other kinds of addresses, which the host lets nobody ask, are named and never opened all the same', async () => {
  const here = await visit();
  const { page, host } = here;
  const id = await keepQuestion(here, 'javascript:alert(1)');
  await page.goto(`${host.url}/tasks/${id}`);
  await page.getByText('neither http nor https').waitFor();
  expect(await page.locator('a[href^=javascript], a[target=_blank]').count()).toBe(0);
  expect(await page.getByRole('button', { name: /^Open the page/ }).count()).toBe(0);
  // Nobody works on this task, so the host refuses the answer.
  await page.getByRole('button', { name: 'Decline' }).click();
  await page.getByRole('alert').nth(1).waitFor();
});

/** Puts a task straight into the store, with a page to open that no source would report. */
async function keepQuestion({ host }: Visit, url: string): Promise<string> {
  const at = new Date().toISOString();
  const id = newId('task');
  const question = { key: 'page', mode: 'url', message: 'Pay the paint.', url, askedAt: at } as const;
  const task = {
    id,
    title: 'Paint the house',
    source: { type: 'mcp', server: 'painter', tool: 'paint' },
    status: 'input_required',
    input: [question],
    cancel: { support: 'confirmed' },
    createdAt: at,
    startedAt: at,
    aliveAt: at,
    delivery: { state: 'none' },
  } as const;
  await host.store.writer.commit([{ type: 'task', task }], 'durable');
  return id;
}
