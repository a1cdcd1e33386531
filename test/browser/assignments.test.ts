import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Assignment } from '../../src/assignment/assignment.ts';
import type { Session } from '../../src/store/records.ts';
import type { AssignmentMade, AssignmentPage, ServerList } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { rawRequest } from '../support/raw-request.ts';
import { type Api, ROOT, tempFolder, workServer } from '../support/test-host.ts';
import { overflow, seriousFindings } from './axe.ts';
import { type Visit, visit } from './browser-host.ts';

/* Assignments as a person makes and follows them: real host, real server, real runs. */

const PHONE = { width: 390, height: 844 };

async function visitLab(options: Parameters<typeof visit>[0] = {}): Promise<Visit> {
  const visited = await visit({ servers: { lab: workServer({ taskAfterMs: 100 }) }, ...options });
  await eventually(async () => {
    const { servers } = (await visited.api.get<ServerList>('/api/servers')).body;
    return servers[0]?.state === 'ready';
  });
  return visited;
}

async function check(page: Page, where: string): Promise<void> {
  expect(await seriousFindings(page), where).toEqual([]);
  expect(await overflow(page), `${where} is wider than the window`).toBeLessThanOrEqual(0);
  await page.screenshot({ path: `dist/screenshots/assignments-${where}.png` });
}

const only = async (api: Api): Promise<Assignment> => {
  const { assignments } = (await api.get<AssignmentPage>('/api/assignments')).body;
  expect(assignments).toHaveLength(1);
  return assignments[0] as Assignment;
};

const steps = (more: object) => ({
  type: 'calls',
  calls: [{ server: 'lab', tool: 'steps', arguments: { steps: 2, ms: 5, ...more } }],
});

test('made by the form: understood while typing, tried, saved, run, and seen in list and chat', async () => {
  const { page, host, api, faults } = await visitLab();
  await page.goto(`${host.url}/assignments`);
  await page.getByRole('heading', { name: 'Do this later' }).waitFor();
  await check(page, 'empty');
  await page.getByRole('link', { name: 'New assignment' }).click();

  const time = page.getByRole('textbox', { name: 'Time' });
  await time.fill('whenever it suits');
  await page.locator('[aria-live] .text-bad').waitFor();
  await page.getByRole('button', { name: 'every weekday at 9:00' }).click();
  await page
    .getByText(/^Every weekday at 9:00/)
    .first()
    .waitFor();
  expect(await page.getByRole('list', { name: 'Next times' }).getByRole('listitem').count()).toBe(5);

  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Expected a tool to use.').waitFor(); // at its field
  await page.getByLabel('Server', { exact: true }).selectOption('lab');
  await page.getByLabel('Tool', { exact: true }).selectOption('steps');
  await page.getByLabel('steps', { exact: true }).fill('4');
  await page.getByLabel('ms', { exact: true }).fill('60');
  await page.getByRole('button', { name: 'Another step' }).click();
  const second = page.getByRole('listitem', { name: 'Step 2' });
  await second.getByLabel('Server').selectOption('lab');
  await second.getByLabel('Tool', { exact: true }).selectOption('echo');
  await second.getByRole('button', { name: 'Write {{steps.0.text}}' }).click();
  await page.getByLabel('Name').fill('Morning report');
  await page.getByText('Rules', { exact: false }).first().click();
  await page.getByLabel('Expected by').fill('25:00');
  await page
    .getByText('Every weekday at 9:00 (UTC) runs lab.steps, then lab.echo; the result goes to its own chat.')
    .waitFor();
  await check(page, 'form');

  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Expected a time of day as HH:MM, or nothing.').waitFor();
  expect(await page.getByLabel('Expected by').inputValue()).toBe('25:00');
  await page.getByLabel('Expected by').fill('10:00');

  await page.getByRole('button', { name: 'Try now' }).click();
  const tried = page.getByRole('region', { name: 'The run that was tried' });
  await tried.getByText('2. lab.echo: completed. did 4 steps').waitFor();
  await tried.getByRole('list', { name: 'Tasks of this run' }).getByText('steps').waitFor();
  await check(page, 'tried');
  expect((await api.get<AssignmentPage>('/api/assignments')).body.assignments).toEqual([]);

  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Morning report', level: 1 }).waitFor();
  expect(await only(api)).toMatchObject({
    title: 'Morning report',
    work: {
      calls: [
        { tool: 'steps', arguments: { steps: 4, ms: 60 } },
        { tool: 'echo', arguments: { text: '{{steps.0.text}}' } },
      ],
    },
    rules: { expectedBy: '10:00' },
  });

  await page.getByRole('button', { name: 'Run now' }).click();
  const runs = page.getByRole('list', { name: 'Runs' });
  await runs.getByText('Completed').waitFor();
  await runs.getByRole('button', { name: /^Steps of the run/ }).click();
  await runs.getByText('did 4 steps').first().waitFor();
  await check(page, 'detail');
  await runs.getByRole('link', { name: 'Task' }).first().click();
  await page.getByRole('link', { name: 'Assignment: Morning report' }).waitFor();
  await page.getByRole('list', { name: 'Tasks of this run' }).getByText('steps').waitFor();
  await check(page, 'task');

  await page.getByRole('link', { name: /^Assignments/ }).click();
  const row = page.getByRole('list', { name: 'Assignments' }).getByRole('listitem').first();
  await row.getByRole('link', { name: /^Completed, today/ }).waitFor();
  await row.getByRole('switch', { name: 'Morning report on' }).click();
  await eventually(async () => (await only(api)).state === 'paused');
  await row.getByText('Paused').first().waitFor();

  await row.getByRole('button', { name: 'More about Morning report' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Do this later' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.getByText('Morning report').waitFor();

  const { sessionId } = await only(api);
  await page.goto(`${host.url}/chat/${sessionId}`);
  await page.getByRole('region', { name: 'Result of Morning report' }).waitFor();
  expect(faults).toEqual([]);
});

test('it fires by itself, and the list follows; a reminder comes into its chat', async () => {
  const { page, host, api, faults } = await visitLab();
  await page.goto(`${host.url}/assignments`);
  await page.getByRole('link', { name: /In 20 minutes, remind me/ }).click();
  await page.getByRole('textbox', { name: 'Text' }).fill('The tea is ready');
  await page.getByRole('textbox', { name: 'Time' }).fill('in 2 seconds');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'The tea is ready', level: 1 }).waitFor();
  await page.getByRole('list', { name: 'Runs' }).getByText('Completed').waitFor();
  await page.getByText('Done', { exact: true }).first().waitFor();
  await page.getByRole('link', { name: 'its own chat' }).click();
  await page.getByRole('list', { name: 'Messages' }).getByText('The tea is ready').first().waitFor();
  expect((await only(api)).state).toBe('done');
  expect(faults).toEqual([]);
});

test('a hook: its address is shown once, and calling it is seen at once', async () => {
  const { page, host, api, faults } = await visitLab();
  await page.goto(`${host.url}/assignments/new`);
  await page.getByRole('radio', { name: 'When something happens' }).click();
  await page.getByRole('radio', { name: 'A hook is called' }).click();
  await page.getByLabel('Only when it is signed').uncheck();
  await page.getByRole('button', { name: 'Condition' }).click();
  await page.getByLabel('Field 1').fill('ref');
  await page.getByLabel('Value 1').fill('main');
  await page.getByLabel('Server', { exact: true }).selectOption('lab');
  await page.getByLabel('Tool', { exact: true }).selectOption('echo');
  await page.getByRole('button', { name: 'Write {{event.ref}}' }).click();
  await check(page, 'event');
  await page.getByRole('button', { name: 'Save' }).click();
  const dialog = page.getByRole('dialog', { name: 'The address of its hook' });
  const address = await dialog.getByRole('textbox', { name: 'Address' }).inputValue();
  await check(page, 'hook');
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('heading', { name: 'lab.echo', level: 1 }).waitFor();
  const call = (body: string) =>
    rawRequest(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  await call('{"ref":"other"}');
  expect((await call('{"ref":"main"}')).status).toBe(202);
  const runs = page.getByRole('list', { name: 'Runs' });
  await runs.getByText('hook.called').waitFor();
  await runs.getByText('Completed').waitFor();
  expect(await runs.getByRole('button', { name: /^Steps of the run/ }).count()).toBe(1);
  expect(JSON.stringify(await only(api))).not.toContain(address.split('/').at(-1));

  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('heading', { name: /^Edit/ }).waitFor();
  expect(await page.getByLabel('Value 1').inputValue()).toBe('main');
  await page.getByLabel('Value 1').fill('release');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/where ref is release/).waitFor();
  expect((await call('{"ref":"release"}')).status).toBe(202); // its address is the same
  expect(faults).toEqual([]);
});

test('a file that lands in a folder: watched from the form, and told in the chat', async () => {
  const state = tempFolder();
  const inbox = tempFolder();
  const main = join(ROOT, 'servers/files/main.ts');
  const files = { command: process.execPath, args: [main, '--folder', inbox, '--state', state] };
  const { page, host, api, faults } = await visit({ servers: { files } });
  await eventually(async () => {
    const { servers } = (await api.get<ServerList>('/api/servers')).body;
    return servers[0]?.state === 'ready';
  });
  await page.goto(`${host.url}/assignments`);
  await page.getByRole('link', { name: /When a file lands in the workspace/ }).click();
  await page.getByRole('button', { name: 'Watch it' }).click();
  await page.getByText(/^When files-changes:.*, where type is file\.created/).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'New files in the workspace', level: 1 }).waitFor();
  writeFileSync(join(inbox, 'invoice.txt'), 'hello');
  await page.getByRole('list', { name: 'Runs' }).getByText('Completed').waitFor();
  await page.getByRole('link', { name: 'its own chat' }).click();
  const messages = page.getByRole('list', { name: 'Messages' });
  await messages
    .getByText(/New in the workspace: .*invoice\.txt/)
    .first()
    .waitFor();
  expect(faults).toEqual([]);
});

test('said in a chat: a card that is made or dropped', async () => {
  const { page, host, api, faults } = await visitLab();
  const session = (await api.post<Session>('/api/sessions', { title: 'Plans' })).body;
  await page.goto(`${host.url}/chat/${session.id}`);
  const field = page.getByRole('combobox', { name: 'Message' });
  const say = async (text: string) => {
    await field.fill(text);
    await field.press('Enter');
  };
  await field.pressSequentially('/rem');
  await page.getByRole('option', { name: /^\/remind/ }).waitFor();
  await field.press('Tab');
  await page.getByText('/remind WHEN TEXT').waitFor();
  await say('/remind in 30 minutes call mum');
  const first = page.getByRole('region', { name: 'Assignment to confirm: call mum' });
  await first.getByText(/^Once, on/).waitFor();
  await check(page, 'card');
  await first.getByRole('button', { name: 'Make it' }).click();
  await first.getByRole('link', { name: 'call mum' }).waitFor();
  expect(await first.getByRole('button').count()).toBe(0);
  await say('/every weekday at 9:00 /lab.steps steps=2 ms=1');
  const second = page.getByRole('region', { name: 'Assignment to confirm: lab.steps' });
  await second.getByText('steps=2 ms=1').waitFor();
  await second.getByRole('button', { name: 'Drop it' }).click();
  await second.getByText('Dropped. Nothing was made of it.').waitFor();
  expect((await only(api)).title).toBe('call mum');
  await first.getByRole('link', { name: 'call mum' }).click();
  await page.getByRole('heading', { name: 'call mum', level: 1 }).waitFor();
  expect(faults).toEqual([]);
});

test('on a phone and in the dark; what was turned off is counted and can be resumed', async () => {
  const { page, host, api, faults } = await visitLab({ viewport: PHONE, colorScheme: 'dark' });
  const make = async (draft: object) =>
    (await api.post<AssignmentMade>('/api/assignments', draft)).body.assignment;
  const fails = { type: 'calls', calls: [{ server: 'lab', tool: 'fail', arguments: { text: 'No space' } }] };
  const daily = { type: 'timer', text: 'every day at 9:00' };
  await make({ title: 'A rather long title of an assignment that works', trigger: daily, work: steps({}) });
  const { id } = await make({ title: 'Broken', trigger: daily, work: fails, rules: { disableAfter: 1 } });
  await api.post(`/api/assignments/${id}/run`);
  await eventually(
    async () => (await api.get<Assignment>(`/api/assignments/${id}`)).body.state === 'disabled',
  );
  await page.goto(`${host.url}/assignments`);
  await page.getByText('Turned off after a failed run.').waitFor();
  await check(page, 'list-dark-phone');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: 'Assignments 1 turned off after failures' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Broken' }).click();
  await page.getByRole('list', { name: 'Runs' }).getByText('No space').waitFor();
  await check(page, 'detail-dark-phone');
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.getByRole('link', { name: 'Duplicate' }).click();
  await page.getByLabel('Name').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('Copy of Broken');
  await check(page, 'form-dark-phone');
  expect(faults).toEqual([]);
});
