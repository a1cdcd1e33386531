import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ONE_PRESS_MS } from '../src/host/until-stopped.ts';
import type { Task } from '../src/task/task.ts';
import type { StopPlan } from '../src/views/api/contract/types.ts';
import { findHost } from '../src/views/cli/client/find-host.ts';
import { type CliOnTerminal, runWordsOnTerminal } from '../src/views/cli/test/run-on-terminal.ts';
import { eventually } from './support/eventually.ts';
import { type Api, apiClient, ROOT, tempFolder, writeConfig } from './support/test-host.ts';
import { threeFates } from './support/three-fates.ts';

/* `npm start` on a terminal, as a person has it: Ctrl-C goes to npm and to the host, and npm hands it on once more. */

const CTRL_C = '\u0003';

async function npmStart(folder: string): Promise<{ terminal: CliOnTerminal; api: Api; pid: number }> {
  const terminal = runWordsOnTerminal(folder, ['npm', 'start', '--', '--port', '0'], ROOT);
  const pids: number[] = [];
  onTestFinished(async () => {
    for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await terminal.ended;
  });
  await terminal.said('Ctrl-C');
  const { url, token = '', pid = 0 } = await findHost({ MEANWHILE_HOME: folder });
  pids.push(pid);
  return { terminal, api: apiClient(url, token), pid };
}

/** Two presses of a person are further apart than the two signals that one press makes. */
const pressesApart = () => pause(ONE_PRESS_MS + 50);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('Ctrl-C names the tasks by fate and waits for them; then it stops by itself', async () => {
  const folder = tempFolder();
  const { begin, open } = await threeFates(folder);
  const { terminal, api } = await npmStart(folder);
  await begin(api);
  terminal.type(CTRL_C);
  await terminal.said('Press Ctrl-C again to stop now.');
  expect((await api.get<StopPlan>('/api/host/stop')).body.host).toMatchObject({
    state: 'waiting',
    waitsFor: 2,
  });
  open('near');
  await terminal.said('Waiting for 1 more …');
  open();
  const { output } = await terminal.ended;
  const words = output.replaceAll('\r', '').replaceAll(/ \(\w{6}\)$/gm, '');
  expect(words).toContain(`Ends with Meanwhile:\n  wait_for: …/gate\n`);
  expect(words).toContain(`May go on, its end cannot be told:\n  wait_for: …/gate\n`);
  expect(words).toContain(`Goes on elsewhere and is found again:\n  wait_for: …/gate\n`);
  expect(words).toMatch(/Waiting for 1 more …\n[\s\S]*Stopped\.\n/);
}, 60_000);

test('taken back elsewhere it goes on; pressed twice it stops at once', async () => {
  const folder = tempFolder();
  const { begin } = await threeFates(folder);
  const { terminal, api } = await npmStart(folder);
  const { interrupted } = await begin(api);
  terminal.type(CTRL_C);
  await terminal.said('Press Ctrl-C again to stop now.');
  await api.delete('/api/host/stop');
  await terminal.said('It goes on');
  expect((await api.get<Task>(`/api/tasks/${interrupted}`)).body.status).toBe('working');

  await api.post('/api/host/stop', { wait: true }); // asked for by somebody else
  await pressesApart();
  terminal.type(CTRL_C);
  await eventually(() => terminal.shown().split('Press Ctrl-C again').length === 3);
  await pressesApart();
  terminal.type(CTRL_C);
  expect((await terminal.ended).output).toContain('Stopped.');
}, 60_000);

test('with nothing to wait for it stops at once', async () => {
  const folder = tempFolder();
  writeConfig(folder, {});
  const { terminal } = await npmStart(folder);
  terminal.type(CTRL_C);
  const { output } = await terminal.ended;
  expect(output).toContain('Stopped.');
  expect(output).not.toContain('again');
}, 60_000);

test('SIGTERM never waits', async () => {
  const folder = tempFolder();
  const { begin } = await threeFates(folder);
  const { terminal, api, pid } = await npmStart(folder);
  await begin(api);
  process.kill(pid, 'SIGTERM');
  const { output } = await terminal.ended;
  expect(output).toContain('Stopped.');
  expect(output).not.toContain('again');
}, 60_000);
