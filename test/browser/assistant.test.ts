import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SessionExport, TaskPage } from '../../src/views/api/contract/types.ts';
import { modelStub } from '../assistant/model-stub.ts';
import { assistantHost } from '../assistant/rig.ts';
import { eventually } from '../support/eventually.ts';
import { tempFolder } from '../support/test-host.ts';
import { annotatedServer, visitAssistant } from './assistant-visit.ts';
import { overflow, seriousFindings } from './axe.ts';
import { visit } from './browser-host.ts';

/* The assistant as a person meets it: real host, real servers, a stub for the model alone. */

test('ask, the task appears, the chat goes on, the result arrives, the assistant reacts', async () => {
  const { page, stub, newChat, api, host, faults } = await visitAssistant({ limits: { detachAfterMs: 200 } });
  const { session } = await newChat({ ask: 'never' });
  const path = join(tempFolder(), 'go');
  stub.answer(({ lastUser, rest }) => {
    if (rest.includes('the file is there')) return [{ text: 'The **file** has come.' }];
    if (lastUser.includes('meanwhile')) return [{ text: 'It is Thursday.' }];
    if (rest.includes('Running in the background')) return [{ text: 'I wait for it in the background.' }];
    return [{ text: 'I look for it.' }, { tool: 'lab__wait_for', args: { path } }];
  });
  await page.goto(`${host.url}/chat/${session}`);
  const composer = page.getByRole('combobox', { name: 'Message' });
  const messages = page.getByRole('list', { name: 'Messages' });
  await composer.fill('Tell me when it has come');
  await page.keyboard.press('Enter');
  await messages.getByText('In the background', { exact: true }).waitFor();
  await messages.getByText('I wait for it in the background.').waitFor();
  await page.getByRole('list', { name: 'Running' }).getByText('wait_for').waitFor();

  await composer.fill('And meanwhile: which day is it?');
  await page.keyboard.press('Enter');
  await messages.getByText('It is Thursday.').waitFor();
  expect(await messages.getByText('In the background', { exact: true }).count()).toBe(1);

  await page
    .getByRole('list', { name: 'Running' })
    .getByRole('button', { name: /^wait_for/ })
    .click();
  const speaks = page.getByRole('switch', { name: 'The assistant speaks up when it ends' });
  await speaks.click();
  await page.getByText('The assistant says nothing when it ends').waitFor();
  await speaks.click();
  await page.getByText('The assistant looks at the result and speaks up when it ends').waitFor();

  const { tasks } = (await api.get<TaskPage>('/api/tasks?status=working')).body;
  await api.post(`/api/tasks/${tasks[0]?.id}/follow-ups`, { when: 'ended', text: 'Now count the lines' });
  writeFileSync(path, '');
  await messages.getByRole('region', { name: /^Result of/ }).waitFor();
  await messages.locator('strong', { hasText: 'file' }).waitFor();
  expect(await messages.getByRole('region', { name: /^Result of/ }).count()).toBe(1);
  await messages.getByText('Now count the lines').waitFor();
  await messages.getByText('Follow-up on task').waitFor();
  await page.screenshot({ path: 'dist/screenshots/assistant-reacts-light-desk.png' });
  await expect
    .poll(() => page.locator('p[aria-live=polite]').textContent())
    .toBe('The assistant has answered.');
  expect(await seriousFindings(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('a tool that changes things waits for a yes, by keyboard; always is remembered, and taken back', async () => {
  const { page, stub, newChat, host, faults } = await visitAssistant({
    servers: { notes: annotatedServer() },
  });
  const { session } = await newChat();
  const use = (what: string) => [{ tool: 'notes__destroy', args: { what } }] as const;
  stub.script(use('one'), [{ text: 'First.' }], use('two'), [{ text: 'Second.' }], use('three'), [
    { text: 'Third.' },
  ]);
  await page.goto(`${host.url}/chat/${session}`);
  const composer = page.getByRole('combobox', { name: 'Message' });
  const card = page.getByRole('region', { name: 'Asks to use notes.destroy' });
  const say = async (text: string) => {
    await composer.fill(text);
    await page.keyboard.press('Enter');
  };
  await say('first');
  await card.getByText('it may delete or overwrite things').waitFor();
  expect(await card.getByLabel('Arguments of notes.destroy').textContent()).toContain('"what": "one"');
  await card.getByRole('button', { name: 'Decline' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('First.').waitFor();
  await page.getByText('declined').waitFor();

  await say('second');
  await card.getByRole('button', { name: 'Always allow this tool' }).click();
  await page.getByText('Second.').waitFor();
  await say('third');
  await page.getByText('Third.').waitFor(); // nothing was asked
  expect(await card.count()).toBe(0);
  expect(stub.seen.at(-1)?.rest).toContain('destroy did three');

  await page.getByRole('button', { name: 'What the assistant may do here' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ask again for notes.destroy' }).click();
  await dialog.getByText('None yet.').waitFor();
  await dialog.getByRole('switch', { name: 'All tools of notes' }).click();
  await dialog.getByText('none of its tools').waitFor();
  await dialog.getByRole('radio', { name: /^Always ask/ }).click();
  await dialog.getByRole('switch', { name: 'Speak up when background work ends' }).click();
  await eventually(async () => {
    const { body } = await visitSession(host, session);
    return body.ask === 'always' && body.followUps === 'off' && body.tools?.except?.[0] === 'notes';
  });
  expect(faults).toEqual([]);
});

async function visitSession(host: { url: string; token: string }, id: string) {
  const response = await fetch(`${host.url}/api/sessions/${id}`, {
    headers: { authorization: `Bearer ${host.token}` },
  });
  return {
    body: (await response.json()) as { ask?: string; followUps?: string; tools?: { except?: string[] } },
  };
}

test('an answer is stopped, gone on with, tried again, said otherwise, and branched', async () => {
  const { page, stub, newChat, host, faults } = await visitAssistant();
  const { session } = await newChat();
  const never = new Promise(() => {});
  stub.script(
    [{ text: 'A long story' }, { wait: never }],
    [{ text: 'and its end.' }],
    [{ text: 'Another story.' }],
    [{ text: 'A short one.' }],
  );
  await page.goto(`${host.url}/chat/${session}`);
  const messages = page.getByRole('list', { name: 'Messages' });
  await page.getByRole('combobox', { name: 'Message' }).fill('Tell me a story');
  await page.keyboard.press('Enter');
  await messages.getByText('A long story').waitFor();
  expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Stop the answer' }).click();
  await messages.getByText('You stopped this answer.').waitFor();
  await messages.getByRole('button', { name: 'Continue' }).click();
  await messages.getByText('and its end.').waitFor();

  await messages.getByRole('button', { name: 'More about this answer' }).click();
  await page.getByRole('menuitem', { name: 'Try again' }).click();
  await messages.getByText('Another story.').waitFor();
  expect(await messages.getByText('A long story').count()).toBe(0);

  await messages.getByRole('button', { name: 'More about what you said' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Say it otherwise' }).press('Enter');
  const field = page.getByRole('textbox', { name: 'What you say instead' });
  await field.fill('Tell me a short story');
  await field.press('Enter');
  await messages.getByText('A short one.').waitFor();
  expect(await messages.getByText('Another story.').count()).toBe(0);

  await messages.getByRole('button', { name: 'More about this answer' }).click();
  await page.getByRole('menuitem', { name: 'New chat from here' }).click();
  await page.getByRole('heading', { level: 1, name: /\(branch\)$/ }).waitFor();
  await messages.getByText('A short one.').waitFor();
  expect(faults).toEqual([]);
});

test('who reads further up stays there while an answer grows, and is led to what is new', async () => {
  const { page, stub, newChat, host, faults } = await visitAssistant();
  const chat = await newChat();
  const [more, last] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const lines = (word: string) => Array.from({ length: 60 }, (_, at) => `${word} ${at}\n\n`).join('');
  stub.script([
    { text: lines('early') },
    { wait: more.promise },
    { text: lines('middle') },
    { wait: last.promise },
    { text: 'the very end' },
  ]);
  await page.goto(`${host.url}/chat/${chat.session}`);
  await page.getByRole('combobox', { name: 'Message' }).fill('tell me all');
  await page.keyboard.press('Enter');
  const messages = page.getByRole('list', { name: 'Messages' });
  await messages.getByText('early 59', { exact: true }).waitFor();
  const seen = (text: string) =>
    messages.getByText(text, { exact: true }).evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    });
  await eventually(() => seen('early 59')); // at the end, and it sticks there
  await messages.getByText('early 10', { exact: true }).hover();
  await page.mouse.wheel(0, -1_500);
  await page.getByRole('button', { name: 'Newest' }).waitFor();
  const before = await messages.getByText('early 20', { exact: true }).boundingBox();
  more.resolve();
  await messages.getByText('middle 59', { exact: true }).waitFor();
  expect(await messages.getByText('early 20', { exact: true }).boundingBox()).toEqual(before);
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await eventually(() => seen('middle 59'));
  last.resolve();
  await messages.getByText('the very end').waitFor();
  await eventually(() => seen('the very end'));
  expect(faults).toEqual([]);
});

test('a turn that was interrupted by the end of the host says so, and goes on', async () => {
  const stub = await modelStub();
  stub.answer(() => [{ text: 'I begin' }, { wait: new Promise(() => {}) }]);
  const rig = await assistantHost({}, { stub });
  await rig.chat.say('hello');
  await rig.chat.until('running');
  await eventually(() => stub.seen.length > 0);
  await rig.host.close();
  stub.script([{ text: 'and go on.' }]);
  const { page, host, faults } = await visit({ folder: rig.folder });
  await page.goto(`${host.url}/chat/${rig.chat.session}`);
  const messages = page.getByRole('list', { name: 'Messages' });
  await messages.getByText('Interrupted: Meanwhile was stopped in the middle of this.').waitFor();
  await messages.getByRole('button', { name: 'Continue' }).click();
  await messages.getByText('and go on.').waitFor();
  expect(await messages.getByText('Interrupted:').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('what the provider refuses is told, and tried again', async () => {
  const { page, stub, newChat, host, faults } = await visitAssistant();
  const { session } = await newChat();
  stub.script(
    { status: 429, message: 'slow down', headers: { 'retry-after': '2' } },
    {
      status: 401,
      message: 'wrong key',
    },
  );
  await page.goto(`${host.url}/chat/${session}`);
  const messages = page.getByRole('list', { name: 'Messages' });
  await page.getByRole('combobox', { name: 'Message' }).fill('Hello');
  await page.keyboard.press('Enter');
  await messages.getByText(/asks again/i).waitFor();
  await messages.getByText('The assistant could not go on').waitFor();
  await messages.getByText('wrong key').waitFor();
  stub.script([{ text: 'Hello to you.' }]);
  await messages.getByRole('button', { name: 'Try again' }).click();
  await messages.getByText('Hello to you.').waitFor();
  expect(faults).toEqual([]);
});

test('from no model to the first answer: added, tested, chosen, changed, removed, and its key never seen', async () => {
  const stub = await modelStub();
  const { page, host, faults } = await visit({ servers: {} });
  await page.getByRole('region', { name: 'No model yet' }).waitFor();
  await page.screenshot({ path: 'dist/screenshots/assistant-no-model-light-desk.png' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: 'dist/screenshots/assistant-no-model-light-phone.png' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('region', { name: 'No model yet' }).getByRole('link', { name: 'Add a model' }).click();
  await page.getByRole('heading', { name: 'No model yet' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Add a model' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Other/ }).click();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByText('Expected the name of a model.').waitFor();
  await dialog.getByLabel('Address').fill(stub.url);
  await dialog.getByLabel('Model').fill('stub-1');
  await dialog.getByLabel('Key (if it wants one)').fill('sk-never-shown-again-4711');
  stub.script({ status: 401, message: 'no such key' });
  await dialog.getByRole('button', { name: 'Test' }).click();
  await dialog.getByText('The key is not right').waitFor();
  await dialog.getByText('no such key').waitFor();
  stub.script([{ text: 'ok' }]);
  await dialog.getByRole('button', { name: 'Test' }).click();
  await dialog.getByText('It answers, in').waitFor();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const first = page.getByRole('listitem', { name: 'stub-1' });
  await first.getByText('Key kept here, ends in 4711').waitFor();
  await first.getByText('Default').waitFor();

  await first.getByRole('button', { name: 'Change stub-1' }).click();
  expect(await dialog.getByLabel('Key (if it wants one)').inputValue()).toBe('');
  await dialog.getByText('Name, size and price').click();
  await dialog.getByLabel('Shown as').fill('At home');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('listitem', { name: 'At home' }).getByText('ends in 4711').waitFor();
  await page.getByRole('button', { name: 'Test At home' }).click();
  await page.getByText('It answers, in').waitFor();

  await page.getByRole('button', { name: 'Add a model' }).click();
  await dialog.getByRole('button', { name: /^Ollama/ }).click();
  await dialog.getByLabel('Model').fill('qwen3:8b');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: 'Make qwen3:8b the default' }).click();
  await page.getByRole('button', { name: 'Make At home the default' }).waitFor();

  await page.goto(`${host.url}/new`);
  await page.getByRole('button', { name: 'Model: qwen3:8b' }).click();
  await page.getByRole('menuitemradio', { name: /^At home/ }).click();
  await page.getByRole('combobox', { name: 'Message' }).fill('Hello');
  await page.keyboard.press('Enter');
  stub.script([{ text: 'From home.' }]);
  await page
    .getByText('From home.')
    .or(page.getByText('ok', { exact: true }))
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Model: At home' }).waitFor();

  await page.goto(`${host.url}/settings/models`);
  await page.getByRole('button', { name: 'Remove At home' }).click();
  await dialog.getByText('Its key is forgotten with it.').waitFor();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('listitem', { name: 'At home' }).waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain('sk-never');
  expect(faults).toEqual([]);
});

test('one who comes back sees what happened; a task has a follow-up; chats are found and taken along', async () => {
  const { page, stub, newChat, api, host, faults } = await visitAssistant();
  const chat = await newChat({ ask: 'never', title: 'Sort the photographs' });
  const asking = await newChat({ title: 'Something else', ask: 'always' });
  stub.script([{ text: 'Sorted.' }]);
  await chat.ask('go');
  stub.script([{ tool: 'lab__echo', args: { text: 'x' } }]);
  await asking.ask('go');
  const call = (tool: string, args: object) =>
    api.post(`/api/servers/lab/tools/${tool}`, { arguments: args, sessionId: chat.session });
  await call('steps', { steps: 20, ms: 10 });
  await call('hold', {});
  await api.post('/api/assignments', {
    title: 'Morning report',
    trigger: { type: 'timer', text: 'every day at 9' },
    work: { type: 'text', text: 'report' },
    timeZone: 'UTC',
  });
  await eventually(
    async () => (await api.get<{ tasks: unknown[] }>('/api/tasks?status=completed')).body.tasks.length === 1,
  );
  await page.addInitScript(() => {
    if (sessionStorage.getItem('was away') !== null) return;
    sessionStorage.setItem('was away', 'yes');
    localStorage.setItem('last-seen', String(Date.now() - 3_600_000));
  });
  await page.goto(`${host.url}/chat/${chat.session}`);
  const card = page.getByRole('region', { name: 'While you were away' });
  await card.getByText('1 needs you, 1 completed, 1 running.').waitFor();
  await card.getByRole('button', { name: 'Show all' }).click();
  await card.getByRole('link', { name: /^steps/ }).waitFor();
  await card.getByRole('link', { name: /^Something else/ }).waitFor();
  await page.getByRole('link', { name: /Something else asks you/ }).waitFor();
  await page.screenshot({ path: 'dist/screenshots/assistant-away-light-desk.png' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: 'dist/screenshots/assistant-away-dark-phone.png' });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(await seriousFindings(page)).toEqual([]);
  await card.getByRole('button', { name: 'Dismiss' }).click();
  await card.waitFor({ state: 'detached' });

  await page
    .getByRole('list', { name: 'Running' })
    .getByRole('button', { name: 'hold', exact: true })
    .click();
  await page.getByRole('button', { name: 'Add a follow-up' }).click();
  await page.getByLabel('When', { exact: true }).selectOption('At 80 %');
  await page.getByLabel('Then', { exact: true }).fill('tell me');
  await page.screenshot({ path: 'dist/screenshots/assistant-follow-up-light-desk.png' });
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const followUps = page.getByRole('list', { name: 'Follow-ups' });
  await followUps.getByText('At 80 %').waitFor();
  await followUps.getByRole('button', { name: 'Change: tell me' }).click();
  await page.getByLabel('Then', { exact: true }).fill('tell me twice');
  await page.getByRole('button', { name: 'Save' }).click();
  await followUps.getByRole('button', { name: 'Drop: tell me twice' }).click();
  await followUps.waitFor({ state: 'detached' });

  await page.getByRole('searchbox', { name: 'Search chats' }).fill('phot');
  const chats = page.getByRole('region', { name: 'Chats' });
  await chats.getByRole('link', { name: /^Sort the photographs/ }).waitFor();
  expect(await chats.getByRole('link', { name: /^Something else/ }).count()).toBe(0);
  await page.getByRole('searchbox', { name: 'Search chats' }).fill('sorted');
  const said = page.getByRole('region', { name: 'Said in chats' });
  await said.getByRole('link', { name: /Sort the photographs.*Sorted\./ }).waitFor();
  expect(await said.locator('mark').allTextContents()).toEqual(['Sorted']);
  await page.screenshot({ path: 'dist/screenshots/assistant-search-light-desk.png' });

  const taken = async (format: string) => {
    await page.getByRole('button', { name: 'More about this chat' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: `Export as ${format}` }).click(),
    ]);
    return readFile(await download.path(), 'utf8');
  };
  expect(await taken('Markdown')).toContain('Sorted.');
  expect((JSON.parse(await taken('JSON')) as SessionExport).session.title).toBe('Sort the photographs');
  expect(faults).toEqual([]);
});

test('HTML, scripts and images in answers stay text, and nothing is fetched', async () => {
  const { page, stub, newChat, host, faults } = await visitAssistant();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const chat = await newChat();
  stub.script([
    {
      text: [
        '<img src=x onerror="window.broken=1"> <script>window.broken=2</script>',
        '![pixel](https://tracker.example/p.png?secret=1)',
        '[click](javascript:window.broken=3) [data](data:text/html,hi) [fine](https://fine.example/)',
        '<iframe src="https://tracker.example/"></iframe>',
      ].join('\n\n'),
    },
  ]);
  await chat.ask('go');
  await page.goto(`${host.url}/chat/${chat.session}`);
  const messages = page.getByRole('list', { name: 'Messages' });
  await messages.getByRole('link', { name: 'fine' }).waitFor();
  await messages.getByText('<img src=x onerror="window.broken=1">', { exact: false }).waitFor();
  expect(
    await messages.locator('img, script, iframe, [onerror], a[href^=javascript], a[href^=data]').count(),
  ).toBe(0);
  expect(await messages.getByRole('link', { name: 'fine' }).getAttribute('rel')).toContain('noopener');
  await messages.getByText('click', { exact: true }).click();
  expect(await page.evaluate(() => (window as { broken?: number }).broken)).toBeUndefined();
  expect(asked.filter((address) => !address.startsWith(host.url))).toEqual([]);
  expect(faults).toEqual([]);
});
