import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordedWork } from '../../runtime/test/recorded-work.ts';
import { Refusal } from '../../runtime/tool.ts';
import { Turns } from '../turns.ts';
import { type CommandConnection, connectCommand, isOutput, isProgress, isStopped } from './connect.ts';

let inside: string;
let connection: CommandConnection | undefined;
beforeEach(() => {
  inside = realpathSync(mkdtempSync(path.join(tmpdir(), 'meanwhile-turns-')));
});
afterEach(async () => {
  await connection?.close();
  connection = undefined;
  rmSync(inside, { recursive: true });
});

/** Waits at the gate of its name, which the test opens. */
const GATE = (name: string) => `echo ${name} begun; until test -e ${name}; do sleep 0.01; done`;

it('lets more wait in line, says so, and refuses what does not fit into the line', async () => {
  connection = await connectCommand('auto', [
    '--folder',
    inside,
    '--max-concurrent',
    '1',
    '--max-waiting',
    '1',
  ]);
  const { run, frame, frames } = connection;
  const abort = new AbortController();
  const first = run({ command: GATE('first') }, { signal: abort.signal, token: 'first' });
  first.catch(() => {});
  await frame(isOutput('first begun'));

  const second = run({ command: `echo second; touch reached` }, { token: 'second' });
  const waiting = await frame((each) => isProgress(each) && each.params.progressToken === 'second');
  expect(waiting.params.message).toBe('Waiting: 1 command runs already');
  expect(await run({ command: 'true' })).toMatchObject({
    isError: true,
    text: expect.stringContaining('1 command runs already and 1 wait in line, which is the limit'),
  });
  expect(existsSync(path.join(inside, 'reached'))).toBe(false);

  abort.abort();
  await frame(isStopped);
  expect((await second).data).toMatchObject({ exitStatus: 0, output: 'second\n' });
  expect(frames.filter(isStopped)).toHaveLength(1);
});

it('can be cancelled while it waits, at once and without a trace', async () => {
  connection = await connectCommand('auto', ['--folder', inside, '--max-concurrent', '1']);
  const { run, frame } = connection;
  const abort = new AbortController();
  const first = run({ command: `${GATE('gate')}; echo over` });
  await frame(isOutput('gate begun'));
  const second = run({ command: 'touch reached' }, { signal: abort.signal, token: 'second' });
  second.catch(() => {});
  await frame((each) => isProgress(each) && each.params.progressToken === 'second');
  abort.abort();
  const { params } = await frame(isStopped);
  expect(params).toMatchObject({ data: { stopped: true }, _meta: { progressToken: 'second' } });
  writeFileSync(path.join(inside, 'gate'), '');
  expect((await first).text).toContain('over');
  expect(existsSync(path.join(inside, 'reached'))).toBe(false);
});

it('keeps the order of arrival, and tells each how many are before it', async () => {
  const turns = new Turns(1, 10);
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const works = ['a', 'b', 'c', 'd'].map((name) => ({ name, work: recordedWork() }));
  const done = works.map(({ name, work }) =>
    turns.inTurn(work, async () => {
      order.push(name);
      await gate.promise;
    }),
  );
  const newest = () => works.map(({ work }) => work.told.at(-1)?.message);
  const waiting = 'Waiting: 1 command runs already';
  expect(newest()).toEqual([
    undefined,
    waiting,
    `${waiting}, 1 before this one`,
    `${waiting}, 2 before this one`,
  ]);
  works[1]!.work.stop();
  await expect(done[1]).rejects.toThrow(Refusal);
  expect(newest().slice(2)).toEqual([waiting, `${waiting}, 1 before this one`]);
  gate.resolve();
  await Promise.all([done[0], done[2], done[3]]);
  expect(order).toEqual(['a', 'c', 'd']);
});
