import { describe, expect, test } from 'vitest';
import type { Unnumbered } from '../store/ports.ts';
import type { Report } from '../task/report.ts';
import { ACTIVE_STATUSES, ENDED_STATUSES, MOVES, STATUSES, type Status } from '../task/status.ts';
import { PREVIEW_CHARS, type Task } from '../task/task.ts';
import { firstMarker, hasEnded, judge } from './judge.ts';

const BEGAN = '2026-01-01T00:00:00.000Z';
const NOW = '2026-01-01T00:00:05.000Z';

const newTask = {
  id: 'task_1',
  title: 'Copy',
  source: { type: 'mcp', server: 'files', tool: 'copy' },
  sessionId: 'sess_1',
  cancel: { support: 'request' },
  startedAt: BEGAN,
} as const;

const inStatus = (status: Status): Unnumbered<Task> => ({
  ...firstMarker(newTask, BEGAN),
  status,
  ...(hasEnded(status) ? { endedAt: BEGAN } : {}),
});

describe('the first marker', () => {
  test('works, has its end to be delivered, and shows what was told already', () => {
    expect(firstMarker({ ...newTask, progress: { value: 1, total: 2 } }, NOW)).toMatchObject({
      status: 'working',
      createdAt: NOW,
      startedAt: BEGAN,
      aliveAt: NOW,
      progress: { value: 1, total: 2 },
      progressedAt: NOW,
      delivery: { state: 'pending' },
    });
  });
  test('without a session nothing is to be delivered, without progress none is claimed', () => {
    const marker = firstMarker({ ...newTask, sessionId: undefined }, NOW);
    expect(marker.delivery).toEqual({ state: 'none' });
    expect(marker).not.toHaveProperty('progressedAt');
    expect(marker).not.toHaveProperty('progress');
  });
});

describe('the end', () => {
  test.each(
    STATUSES.flatMap((from) => ENDED_STATUSES.map((to) => [from, to, MOVES[from].includes(to)] as const)),
  )('from %s to %s: allowed %s', (from, to, allowed) => {
    const verdict = judge(inStatus(from), { type: 'ended', taskId: 'task_1', ending: { status: to } }, NOW);
    if (allowed) expect(verdict).toMatchObject({ ok: true, task: { status: to, endedAt: NOW } });
    else expect(verdict).toEqual({ ok: false, reason: 'already_ended' });
  });

  test('a lost task was last alive when we last heard of it', () => {
    const ending = { status: 'lost' } as const;
    expect(judge(inStatus('working'), { type: 'ended', taskId: 'task_1', ending }, NOW)).toMatchObject({
      task: { aliveAt: BEGAN, endedAt: NOW },
    });
  });

  test('takes with it what was asked, and keeps the beginning of the result', () => {
    const asking = {
      ...inStatus('input_required'),
      input: [{ key: 'q', mode: 'form' as const, message: 'Which?', askedAt: '' }],
    };
    const ending = { status: 'completed', content: '{}', preview: 'x'.repeat(PREVIEW_CHARS + 1) } as const;
    const verdict = judge(asking, { type: 'ended', taskId: 'task_1', ending }, NOW);
    if (!verdict.ok) throw new Error(verdict.reason);
    expect(verdict.task).not.toHaveProperty('input');
    expect(verdict.task.result).toMatchObject({ isError: false, contentRef: '/api/tasks/task_1/result' });
    expect(verdict.task.result?.preview).toHaveLength(PREVIEW_CHARS);
  });

  test('without a result there is none', () => {
    const failure = { reason: 'timeout_idle', message: 'silent' } as const;
    const verdict = judge(
      inStatus('working'),
      { type: 'ended', taskId: 'task_1', ending: { status: 'failed', failure } },
      NOW,
    );
    expect(verdict).toMatchObject({ ok: true, task: { failure } });
    expect(verdict.ok && verdict.task.result).toBeUndefined();
  });
});

const onTheWay: Exclude<
  Report,
  { type: 'started' | 'logged' | 'handled' | 'ended' | 'delivered' | 'undeliverable' }
>[] = [
  { type: 'progressed', taskId: 'task_1', progress: { value: 1 } },
  { type: 'alive', taskId: 'task_1' },
  { type: 'cancel_requested', taskId: 'task_1', by: 'you' },
  { type: 'cancel_noted', taskId: 'task_1', answer: 'ignored', note: 'it goes on' },
];

describe.each(onTheWay)('$type', (report) => {
  test.each(ACTIVE_STATUSES)('is noted while %s', (status) => {
    expect(judge(inStatus(status), report, NOW)).toMatchObject({ ok: true, task: { status } });
  });
  test.each(ENDED_STATUSES)('changes nothing once %s', (status) => {
    expect(judge(inStatus(status), report, NOW)).toEqual({ ok: false, reason: 'already_ended' });
  });
});

describe.each<Extract<Report, { type: 'delivered' | 'undeliverable' }>>([
  { type: 'delivered', taskId: 'task_1', messageId: 'msg_1' },
  { type: 'undeliverable', taskId: 'task_1', error: 'gone' },
])('$type', (report) => {
  test.each(ENDED_STATUSES)('is noted once %s', (status) => {
    expect(judge(inStatus(status), report, NOW)).toMatchObject({
      ok: true,
      task: { status, delivery: { state: report.type } },
    });
  });
  test.each(ACTIVE_STATUSES)('is refused while %s', (status) => {
    expect(judge(inStatus(status), report, NOW)).toEqual({ ok: false, reason: 'not_ended' });
  });
});

test('a repeated value is a sign of life and no progress', () => {
  const first = judge(
    inStatus('working'),
    { type: 'progressed', taskId: 'task_1', progress: { value: 1 } },
    NOW,
  );
  if (!first.ok) throw new Error(first.reason);
  const later = '2026-01-01T00:00:09.000Z';
  const again = judge(first.task, { type: 'progressed', taskId: 'task_1', progress: { value: 1 } }, later);
  expect(again).toMatchObject({ ok: true, task: { aliveAt: later, progressedAt: NOW } });
});

test('the first request to stop keeps its time', () => {
  const first = judge(inStatus('working'), { type: 'cancel_requested', taskId: 'task_1', by: 'you' }, NOW);
  if (!first.ok) throw new Error(first.reason);
  const again = judge(first.task, { type: 'cancel_requested', taskId: 'task_1', by: 'chat' }, BEGAN);
  expect(again).toMatchObject({ task: { cancel: { requestedAt: NOW } } });
});

test('a marker that is judged stays as it is', () => {
  const task = Object.freeze(inStatus('working'));
  for (const report of onTheWay) judge(task, report, NOW);
  expect(task).toEqual(inStatus('working'));
});

describe('questions', () => {
  const question = (key: string) => ({ key, mode: 'form' as const, message: `${key}?` });
  const judged = (task: ReturnType<typeof inStatus>, report: Parameters<typeof judge>[1]) => {
    const verdict = judge(task, report, NOW);
    if (!verdict.ok) throw new Error(verdict.reason);
    return verdict.task;
  };
  const asked = (...keys: string[]) =>
    keys.reduce(
      (task, key) => judged(task, { type: 'asked', taskId: 'task_1', question: question(key) }),
      inStatus('working'),
    );

  test('a task asks while any question is open, and works again afterwards', () => {
    const two = asked('a', 'b');
    expect(two).toMatchObject({
      status: 'input_required',
      input: [
        { key: 'a', askedAt: NOW },
        { key: 'b', askedAt: NOW },
      ],
    });
    const one = judged(two, { type: 'answered', taskId: 'task_1', key: 'a', action: 'accept' });
    expect(one).toMatchObject({ status: 'input_required', input: [{ key: 'b' }] });
    const none = judged(one, { type: 'withdrawn', taskId: 'task_1', key: 'b', why: 'not asked' });
    expect(none.status).toBe('working');
    expect(none.input).toBeUndefined();
  });
  test('asked again under the same key it stands once', () => {
    expect(asked('a', 'a').input).toHaveLength(1);
  });
  test('what is not asked cannot be answered', () => {
    const report = { type: 'answered', taskId: 'task_1', key: 'z', action: 'accept' } as const;
    expect(judge(asked('a'), report, NOW)).toEqual({ ok: false, reason: 'not_asked' });
    expect(judge(inStatus('completed'), report, NOW)).toEqual({ ok: false, reason: 'already_ended' });
  });
  test('the end takes the questions along', () => {
    const ended = judged(asked('a'), { type: 'ended', taskId: 'task_1', ending: { status: 'completed' } });
    expect(ended.input).toBeUndefined();
  });
});

describe('contact', () => {
  test('is lost since the first break, and over with the end', () => {
    const lost = judge(inStatus('working'), { type: 'contact_lost', taskId: 'task_1', note: 'gone' }, NOW);
    if (!lost.ok) throw new Error(lost.reason);
    const again = judge(lost.task, { type: 'contact_lost', taskId: 'task_1', note: 'still gone' }, BEGAN);
    expect(again).toMatchObject({ task: { contactLost: { since: NOW, note: 'still gone' } } });
    const back = judge(lost.task, { type: 'contact_back', taskId: 'task_1' }, NOW);
    expect(back.ok && back.task.contactLost).toBeUndefined();
    const ended = judge(lost.task, { type: 'ended', taskId: 'task_1', ending: { status: 'completed' } }, NOW);
    expect(ended.ok && ended.task.contactLost).toBeUndefined();
  });
});

test('the true end of lost work is told again where it was delivered, without the words of before', () => {
  const lost = {
    ...inStatus('lost'),
    statusMessage: 'nobody knows',
    delivery: { state: 'delivered' as const, messageId: 'msg_1', deliveredAt: BEGAN },
  };
  const verdict = judge(lost, { type: 'ended', taskId: 'task_1', ending: { status: 'completed' } }, NOW);
  expect(verdict).toMatchObject({
    task: { status: 'completed', delivery: { state: 'pending', messageId: 'msg_1' } },
  });
  expect(verdict.ok && verdict.task.statusMessage).toBeUndefined();
});
