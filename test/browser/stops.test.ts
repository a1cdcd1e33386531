import { expect, test } from 'vitest';
import { visit } from './browser-host.ts';
import { stageTask } from './staged-task.ts';

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const problem = (code: string, more: object = {}) => ({
  status: 409,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'x', title: code, status: 409, code, detail: `Refused: ${code}.`, ...more }),
});

test('force names every other work first, and sends what was shown', async () => {
  const here = await visit();
  const { page, host, faults } = here;
  const task = await stageTask(here, {
    cancel: { support: 'request', canForce: true, requestedAt: ago(60_000), answer: 'acknowledged' },
  });
  const sent: unknown[] = [];
  await page.route(`**/api/tasks/${task.id}/cancel`, async (route) => {
    const body = route.request().postDataJSON() as { alsoEnds: string[] };
    sent.push(body);
    const others = ['task_one', 'task_two'].map((id) => ({ id, title: `Work ${id}` }));
    if (body.alsoEnds.length === 0) return route.fulfill(problem('would_end_others', { others }));
    await task.change({ status: 'cancelled', endedAt: ago(0) });
    return route.fulfill({ status: 202, json: await host.store.tasks.get(task.id) });
  });
  await page.goto(`${host.url}/tasks/${task.id}`);
  await page.getByText('Asked to stop 1 min ago; the server has heard it.').waitFor();
  await page.getByRole('button', { name: /^End by force/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('painter', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'End by force' }).click();
  await dialog.getByText('Work task_one').waitFor();
  await dialog.getByText('Work task_two').waitFor();
  await dialog.getByRole('button', { name: 'End all 3' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Asked to stop; the server did not confirm it.').waitFor();
  const first = { force: true, alsoEnds: [] };
  expect(sent).toEqual([first, { force: true, alsoEnds: ['task_one', 'task_two'] }]);
  expect(faults).toEqual([]);
});

test('where asking is of no use the waiting can be ended, and the page says that the work goes on', async () => {
  const here = await visit();
  const { page, host, faults } = here;
  const task = await stageTask(here, { cancel: { support: 'none' } });
  await page.route(`**/api/tasks/${task.id}/stop-waiting`, async (route) => {
    await task.change({ status: 'lost', endedAt: ago(0), statusMessage: 'Nobody waits for it any more.' });
    await route.fulfill({ status: 202, json: await host.store.tasks.get(task.id) });
  });
  await page.goto(`${host.url}/chat/${task.sessionId}`);
  expect(await page.getByRole('button', { name: /^(Cancel|End by force)/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Stop waiting for Paint the house' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The work itself is not stopped').waitFor();
  // What happens in the dialog does not open the row behind it.
  await dialog.getByRole('button', { name: 'Keep waiting' }).click();
  expect(new URL(page.url()).search).toBe('');
  await page.getByRole('button', { name: 'Stop waiting for Paint the house' }).click();
  await dialog.getByRole('button', { name: 'Stop waiting' }).click();
  await page.getByText('Nobody waits for it any more.').first().waitFor();
  expect(faults).toEqual([]);
});

test('running again asks first, unless twice does no harm; arguments that were not kept are told in words', async () => {
  const here = await visit();
  const { page, host, faults } = here;
  const source = { type: 'mcp', server: 'painter', tool: 'paint' } as const;
  const end = { status: 'failed', endedAt: ago(0), cancel: { support: 'none' } } as const;
  const safe = await stageTask(here, { ...end, source: { ...source, safeToRepeat: true } });
  const unsafe = await stageTask(here, { ...end, source });
  let calls = 0;
  await page.route(`**/api/tasks/${safe.id}/run-again`, (route) => {
    calls += 1;
    return route.fulfill({ json: { callId: 'c', sessionId: safe.sessionId, taskId: safe.id } });
  });
  await page.route(`**/api/tasks/${unsafe.id}/run-again`, (route) => {
    calls += 1;
    return route.fulfill(problem('arguments_not_kept'));
  });
  await page.goto(`${host.url}/tasks/${safe.id}`);
  await page.getByRole('button', { name: /^Run again/ }).click();
  await page.getByText('Paint the house: runs again').first().waitFor();
  await page.goto(`${host.url}/tasks/${unsafe.id}`);
  await page.getByRole('button', { name: /^Run again/ }).click();
  await page.getByRole('dialog').getByText('it may do its work twice').waitFor();
  expect(calls).toBe(1);
  await page.getByRole('dialog').getByRole('button', { name: 'Run again' }).click();
  await page.getByText('Secrets were taken out').waitFor();
  expect(faults).toEqual([]);
});
