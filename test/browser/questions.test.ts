import { expect, test } from 'vitest';
import type { Question } from '../../src/task/task.ts';
import { overflow, seriousFindings } from './axe.ts';
import { type Visit, visit } from './browser-host.ts';
import { stageTask, takeAnswers } from './staged-task.ts';

const at = '2026-11-23T10:00:00.000Z';
const paint: Question = {
  key: 'paint',
  mode: 'form',
  message: 'Which paint should be used for the <b>front</b>?',
  askedAt: at,
  schema: {
    type: 'object',
    properties: {
      owner: { type: 'string', title: 'Owner', description: 'Whose house it is', minLength: 2 },
      mail: { type: 'string', title: 'E-mail', format: 'email' },
      layers: { type: 'integer', title: 'Layers', minimum: 1, maximum: 5, default: 2 },
      colour: {
        type: 'string',
        title: 'Colour',
        oneOf: [
          { const: 'r', title: 'Barn red' },
          { const: 'g', title: 'Sage green' },
        ],
        default: 'g',
      },
      start: { type: 'string', title: 'Start', format: 'date' },
      brand: { title: 'Brand', enum: ['A', 'B', 'C', 'D', 'E', 'F', 'G'] },
      parts: { type: 'array', title: 'Parts', items: { enum: ['doors', 'windows', 'roof'] }, minItems: 1 },
      clean: { type: 'boolean', title: 'Clean it first', default: true },
    },
    required: ['owner', 'parts'],
  },
};
const page: Question = {
  key: 'page',
  mode: 'url',
  message: 'Pay the paint in the shop.',
  url: 'https://shop.example/pay?order=4711&return=https%3A%2F%2Fpainter.example%2Fdone',
  askedAt: at,
  sharedBy: 3,
};

const open = ({ page, host }: Visit, sessionId: string) => page.goto(`${host.url}/chat/${sessionId}`);

test('a form is filled in where the task runs, checked field by field, and given', async () => {
  const here = await visit();
  const { page: tab, faults } = here;
  const task = await stageTask(here, { status: 'input_required', input: [paint] });
  const given = await takeAnswers(here, task);
  await open(here, task.sessionId);

  // The row says so, the dot and the title count it, and the words of the server are text.
  await tab.getByText('Needs you: ').first().waitFor();
  await tab.getByText('One needs you').first().waitFor({ state: 'attached' });
  expect(await tab.title()).toMatch(/^\(1\) /);
  const form = tab.getByRole('list', { name: 'Messages' }).getByRole('form');
  await form.getByText('Which paint should be used for the <b>front</b>?').waitFor();
  await form.getByText('painter', { exact: true }).waitFor();

  // Wrong fields are named under themselves, and the first of them has the focus.
  await form.getByRole('textbox', { name: /^Owner/ }).fill('A');
  await form.getByRole('textbox', { name: 'E-mail' }).fill('nobody');
  await form.getByRole('button', { name: 'Answer' }).click();
  const owner = form.getByRole('textbox', { name: /^Owner/ });
  expect(await owner.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await owner.getAttribute('aria-invalid')).toBe('true');
  const about = await owner.evaluate(
    (field) => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent,
  );
  expect(about).toContain('Expected text of at least 2 characters.');
  expect(about).toContain('Whose house it is');
  await form.getByText('Expected an e-mail address').waitFor();
  await form.getByText('Expected at least 1 of doors, windows, roof.').waitFor();
  expect(given).toEqual([]);

  // What is typed stays when the task changes, and when the same question is opened in the panel.
  await owner.fill('Ann');
  await task.change({ progress: { value: 3, total: 10, message: 'mixing' } });
  await tab.getByText('30').first().waitFor();
  expect(await owner.inputValue()).toBe('Ann');
  await tab.getByRole('complementary', { name: 'Tasks of this chat' }).getByText('Paint the house').click();
  const inPanel = tab.getByRole('article', { name: 'Paint the house' }).getByRole('form');
  expect(await inPanel.getByRole('textbox', { name: /^Owner/ }).inputValue()).toBe('Ann');

  await inPanel.getByRole('textbox', { name: 'E-mail' }).fill('');
  await inPanel.getByRole('radio', { name: 'Barn red' }).check();
  await inPanel.getByRole('checkbox', { name: 'roof' }).check();
  await inPanel.getByLabel('Start').fill('2026-12-01');
  await inPanel.getByRole('combobox', { name: 'Brand' }).selectOption('F');
  await inPanel.getByRole('button', { name: 'Answer' }).click();
  await form.waitFor({ state: 'detached' });
  expect(given).toEqual([
    {
      key: 'paint',
      action: 'accept',
      content: {
        owner: 'Ann',
        layers: 2,
        colour: 'r',
        start: '2026-12-01',
        brand: 'F',
        parts: ['roof'],
        clean: true,
      },
    },
  ]);
  expect(faults).toEqual([]);
});

test('several questions stand below each other; an address is opened only after a yes', async () => {
  const here = await visit();
  const { page: tab, context, host, faults } = here;
  const task = await stageTask(here, { status: 'input_required', input: [paint, page] });
  const given = await takeAnswers(here, task);
  await context.route('https://shop.example/**', (route) => route.fulfill({ body: 'the shop' }));
  await tab.goto(`${host.url}/tasks/${task.id}`);
  const forms = tab.getByRole('form');
  await forms.nth(1).waitFor();
  const link = forms.nth(1);
  await link.getByText('shop.example', { exact: true }).waitFor();
  await link.getByText(page.url ?? '', { exact: true }).waitFor();
  await link.getByText('does not say for which of its 3 calls it asks').waitFor();
  expect(await link.getByRole('button', { name: 'I have done it' }).count()).toBe(0);
  await link.getByRole('button', { name: /^Open the page/ }).click();
  const anchor = tab.getByRole('dialog').getByRole('link', { name: 'Open shop.example' });
  expect(await anchor.getAttribute('rel')).toBe('noopener noreferrer');
  const [opened] = await Promise.all([context.waitForEvent('page'), anchor.click()]);
  expect(opened.url()).toBe(page.url);
  await opened.close();
  await link.getByRole('button', { name: 'I have done it' }).click();
  await tab.getByText('shop.example', { exact: true }).waitFor({ state: 'detached' });
  await forms.first().getByRole('button', { name: 'Decline' }).click();
  await forms.first().waitFor({ state: 'detached' });
  expect(given).toEqual([
    { key: 'page', action: 'accept' },
    { key: 'paint', action: 'decline' },
  ]);
  expect(faults).toEqual([]);
});

test('other kinds of addresses are named and never opened; a refusal of the host is shown, and the entry stays', async () => {
  const here = await visit();
  const { page: tab, host } = here;
  const bad = { ...page, url: 'javascript:alert(1)', sharedBy: undefined } as never;
  const note = { ...paint, key: 'note', schema: { properties: { note: { type: 'string', title: 'Note' } } } };
  const task = await stageTask(here, { status: 'input_required', input: [bad, note] });
  await tab.goto(`${host.url}/tasks/${task.id}`);
  await tab.getByText('neither http nor https').waitFor();
  expect(await tab.locator('a[href^=javascript], a[target=_blank]').count()).toBe(0);
  expect(await tab.getByRole('button', { name: /^Open the page/ }).count()).toBe(0);
  // Nobody works on this task, so the real host refuses the answer.
  await tab.getByRole('textbox', { name: 'Note' }).fill('typed with care');
  await tab.getByRole('button', { name: 'Answer' }).click();
  await tab.getByRole('alert').filter({ hasText: /\w/ }).nth(1).waitFor();
  expect(await tab.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('typed with care');
});

test('a new question is announced, once', async () => {
  const here = await visit();
  const { page: tab, host } = here;
  const task = await stageTask(here, {});
  await tab.goto(`${host.url}/tasks/${task.id}`);
  await tab.getByRole('article').waitFor();
  const live = tab.locator('p[aria-live=polite]');
  await task.change({ status: 'input_required', input: [paint] });
  await live.filter({ hasText: 'Paint the house: needs you. Which paint' }).waitFor({ state: 'attached' });
  await task.change({ status: 'input_required', input: [paint, page] });
  await live.filter({ hasText: 'needs you. Pay the paint' }).waitFor({ state: 'attached' });
});

test.each([
  ['light', 'desk'],
  ['dark', 'desk'],
  ['light', 'phone'],
  ['dark', 'phone'],
] as const)('questions and stops are readable: %s, %s', async (colorScheme, size) => {
  const viewport = size === 'desk' ? { width: 1440, height: 900 } : { width: 390, height: 844 };
  const here = await visit({ colorScheme, viewport });
  const { page: tab, host, faults } = here;
  const task = await stageTask(here, { status: 'input_required', input: [paint, page] });
  const check = async (where: string) => {
    expect(await seriousFindings(tab), where).toEqual([]);
    expect(await overflow(tab), `${where} is wider than the window`).toBeLessThanOrEqual(0);
    await tab.screenshot({ path: `dist/screenshots/${where}-${colorScheme}-${size}.png` });
  };
  await open(here, task.sessionId);
  await tab.getByRole('form').first().waitFor();
  await tab.getByRole('form').first().getByRole('button', { name: 'Answer' }).click();
  await check('question-chat');
  await tab.goto(`${host.url}/tasks/${task.id}`);
  await tab.getByRole('form').first().waitFor();
  await check('question-task');
  await tab.getByRole('form').nth(1).scrollIntoViewIfNeeded();
  await check('question-link');
  await tab.getByRole('button', { name: /^Open the page/ }).click();
  await tab.getByRole('dialog').waitFor();
  await check('question-open');
  await tab.keyboard.press('Escape');
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
  await task.change({
    status: 'working',
    input: undefined,
    progress: { value: 4, total: 10, unit: 'walls', message: 'the front' },
    cancel: { support: 'request', canForce: true, requestedAt: ago(60_000), answer: 'ignored' },
  } as never);
  await tab
    .getByRole('button', { name: /^Stop waiting/ })
    .first()
    .waitFor();
  await check('stop-ignored');
  await tab.getByRole('button', { name: /^End by force/ }).click();
  await tab.getByRole('dialog').waitFor();
  await check('stop-force');
  await tab.keyboard.press('Escape');
  await task.change({
    cancel: { support: 'request' },
    contactLost: { since: ago(90_000), note: 'The connection to painter broke.' },
  });
  await tab.getByText('looking for it').first().waitFor();
  await check('no-contact');
  await open(here, task.sessionId);
  await tab
    .getByText(/looking for it|No contact/)
    .first()
    .waitFor();
  await check('no-contact-chat');
  await task.change({ status: 'lost', endedAt: ago(0), contactLost: undefined } as never);
  await tab.goto(`${host.url}/tasks/${task.id}`);
  await tab
    .getByRole('button', { name: /^Run again/ })
    .first()
    .click();
  await tab.getByRole('dialog').waitFor();
  await check('lost-again');
  expect(faults).toEqual([]);
});
