import { expect, test } from 'vitest';
import type { Assignment } from '../../src/assignment/assignment.ts';
import type { Run } from '../../src/assignment/run.ts';
import type { DraftPart, Message } from '../../src/store/records.ts';
import type { AssignmentMade, AssignmentPage, DraftSettled } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { workServer } from '../support/test-host.ts';
import { assistantHost, chatting, textOf, usesIn } from './rig.ts';

const yearly = { type: 'timer', text: 'every year on 1 January at 00:00' };
const cards = (messages: readonly Message[]) =>
  messages.flatMap((message) =>
    message.parts.flatMap((part) => (part.type === 'draft' ? [{ message, part: part as DraftPart }] : [])),
  );

test('the model proposes an assignment and a change of it; a person confirms', async () => {
  const rig = await assistantHost();
  const work = { type: 'text', text: 'Wish a happy new year' };
  rig.stub.script(
    [{ tool: 'meanwhile__create_assignment', args: { title: 'New year', trigger: yearly, work } }],
    [{ text: 'Please confirm.' }],
  );
  await rig.chat.ask('remind me');
  const [use] = usesIn((await rig.chat.steps())[0]!);
  expect(use?.told).toMatchObject({ isError: false, text: expect.stringContaining('waits for the user') });
  const [card] = cards(await rig.chat.messages());
  expect(card?.part).toMatchObject({ state: 'open', by: 'assistant', preview: { title: 'New year' } });
  expect((await rig.api.get<AssignmentPage>('/api/assignments')).body.assignments).toEqual([]);
  const made = await rig.chat.act<DraftSettled>('draft', card!.message, { action: 'make' });
  expect(made.body.assignment).toMatchObject({ title: 'New year', createdBy: 'assistant' });
  const { id } = made.body.assignment!;

  rig.stub.script(
    [
      { tool: 'meanwhile__list_assignments', args: {} },
      { tool: 'meanwhile__show_assignment', args: { id } },
      { tool: 'meanwhile__change_assignment', args: { id, change: { title: 'Happy new year' } } },
      {
        tool: 'meanwhile__create_assignment',
        args: { trigger: { type: 'timer', text: 'when pigs fly' }, work },
      },
    ],
    [{ text: 'Please confirm.' }],
  );
  await rig.chat.ask('call it otherwise');
  expect(rig.stub.seen.at(-2)?.rest).toContain('confirmed: it was made');
  const told = usesIn((await rig.chat.steps()).at(-2)!).map((each) => each.told);
  expect(told[0]?.text).toContain(id);
  expect(told[1]?.text).toContain('Wish a happy new year');
  expect(told[3]).toMatchObject({ isError: true });
  const change = cards(await rig.chat.messages()).at(-1)!;
  expect(change.part).toMatchObject({ state: 'open', changes: id });
  expect((await rig.api.get<Assignment>(`/api/assignments/${id}`)).body.title).toBe('New year');
  await rig.chat.act('draft', change.message, { action: 'make' });
  expect((await rig.api.get<Assignment>(`/api/assignments/${id}`)).body).toMatchObject({
    title: 'Happy new year',
  });
  expect((await rig.api.get<AssignmentPage>('/api/assignments')).body.assignments).toHaveLength(1);
});

test('to pause, run and delete one takes consent', async () => {
  const rig = await assistantHost({ lab: workServer() }, { session: { ask: 'by_annotation' } });
  const { body } = await rig.api.post<AssignmentMade>('/api/assignments', {
    title: 'Echo',
    trigger: yearly,
    work: { type: 'calls', calls: [{ server: 'lab', tool: 'echo', arguments: { text: 'x' } }] },
  });
  const { id } = body.assignment;
  rig.stub.script(
    [
      { tool: 'meanwhile__pause_assignment', args: { id }, id: 'c1' },
      { tool: 'meanwhile__run_assignment', args: { id }, id: 'c2' },
      { tool: 'meanwhile__delete_assignment', args: { id }, id: 'c3' },
    ],
    [{ text: 'Done.' }],
  );
  const waits = await rig.chat.ask('away with it');
  expect(waits.turn?.state).toBe('waiting');
  await rig.chat.allow(waits, 'c1');
  await eventually(
    async () => (await rig.api.get<Assignment>(`/api/assignments/${id}`)).body.state === 'paused',
  );
  await rig.chat.allow(waits, 'c2');
  await eventually(
    async () => (await rig.api.get<{ runs: Run[] }>(`/api/assignments/${id}/runs`)).body.runs.length === 1,
  );
  await rig.chat.allow(waits, 'c3', false);
  await rig.chat.until('done');
  expect((await rig.api.get<Assignment>(`/api/assignments/${id}`)).body.state).toBe('paused');
});

test('a text of an assignment is a turn in its chat, and its answer the outcome of the run', async () => {
  const rig = await assistantHost({ lab: workServer() }, { limits: { detachAfterMs: 0 } });
  const { body } = await rig.api.post<AssignmentMade>('/api/assignments', {
    title: 'Report',
    trigger: yearly,
    work: { type: 'text', text: 'Count to three' },
  });
  const { id, sessionId } = body.assignment;
  await rig.api.patch(`/api/sessions/${sessionId}`, { ask: 'never' });
  // Long work is waited for here: what comes of it is what the run comes to.
  rig.stub.script([{ tool: 'lab__steps', args: { steps: 3, ms: 30 } }], [{ text: 'One, two, three.' }]);
  await rig.api.post(`/api/assignments/${id}/run`);
  const run = await eventually(async () => {
    const [found] = (await rig.api.get<{ runs: Run[] }>(`/api/assignments/${id}/runs`)).body.runs;
    return found?.state === 'completed' && found;
  });
  expect(run.steps[0]).toMatchObject({ state: 'completed', preview: 'One, two, three.' });
  const chat = chatting(rig.api, sessionId);
  const steps = await chat.steps();
  expect(steps.map(textOf)).toEqual(['', 'One, two, three.']);
  expect(steps[0]?.turn?.cause).toBe('assignment');
  expect(usesIn(steps[0]!)[0]).toMatchObject({ state: 'answered', told: { text: 'did 3 steps' } });

  rig.stub.script({ status: 401, message: 'no' });
  await rig.api.post(`/api/assignments/${id}/run`);
  const failed = await eventually(async () => {
    const [found] = (await rig.api.get<{ runs: Run[] }>(`/api/assignments/${id}/runs`)).body.runs;
    return found?.state === 'failed' && found;
  });
  expect(failed.steps[0]?.failure).toContain('refuses the key');
});

test('a run that is cancelled stops its turn', async () => {
  const rig = await assistantHost();
  const { body } = await rig.api.post<AssignmentMade>('/api/assignments', {
    title: 'Endless',
    trigger: yearly,
    work: { type: 'text', text: 'Talk' },
  });
  const { id, sessionId } = body.assignment;
  rig.stub.script([{ text: 'and on' }, { wait: new Promise(() => {}) }]);
  await rig.api.post(`/api/assignments/${id}/run`);
  const chat = chatting(rig.api, sessionId);
  await chat.until('running');
  const taskId = await eventually(
    async () => (await rig.api.get<{ runs: Run[] }>(`/api/assignments/${id}/runs`)).body.runs[0]?.taskId,
  );
  await rig.api.post(`/api/tasks/${taskId}/cancel`, {});
  await chat.until('stopped');
  await eventually(async () => (await rig.task(taskId)).status === 'cancelled');
});

test('the host is stopped in the middle of such a turn, or while it waits for consent: the next start goes on', async () => {
  const rig = await assistantHost({ lab: workServer() });
  const make = async (title: string) => {
    const { body } = await rig.api.post<AssignmentMade>('/api/assignments', {
      title,
      trigger: yearly,
      work: { type: 'text', text: title },
    });
    return body.assignment;
  };
  const [talks, asks] = [await make('talk'), await make('ask')];
  rig.stub.answer(({ lastUser, rest }) => {
    if (lastUser.endsWith('ask'))
      return rest.includes('tool_output')
        ? [{ text: 'asked' }]
        : [{ tool: 'lab__echo', args: { text: 'x' }, id: 'c1' }];
    return rest.includes('interrupted')
      ? [{ text: 'talked' }]
      : [{ text: 'I ta' }, { wait: new Promise(() => {}) }];
  });
  for (const { id } of [talks, asks]) await rig.api.post(`/api/assignments/${id}/run`);
  await chatting(rig.api, talks.sessionId).until('running');
  const waits = await chatting(rig.api, asks.sessionId).until('waiting');
  await rig.host.close();
  const next = await assistantHost({}, { folder: rig.folder, stub: rig.stub });
  const run = async (id: string) =>
    (await next.api.get<{ runs: Run[] }>(`/api/assignments/${id}/runs`)).body.runs;
  await eventually(async () => (await run(talks.id))[0]?.steps[0]?.preview === 'talked');
  expect((await run(asks.id))[0]?.state).toBe('running');
  await chatting(next.api, asks.sessionId).allow(waits, 'c1');
  await eventually(async () => (await run(asks.id))[0]?.steps[0]?.preview === 'asked');
  expect(await run(asks.id)).toHaveLength(1);
});
