import type { RequestId } from '@modelcontextprotocol/client';
import type { Answer } from '../../../task/task.ts';
import type { ServerQuestion } from '../wire/server-questions.ts';
import type { WireTap } from '../wire/wire-tap.ts';
import type { CallObserver, OpenConnection } from './driver.ts';
import type { TaskHandle } from './handles.ts';
import { type ElicitResult, keyOfRequest, openQuestions } from './questions.ts';
import type { TaskState } from './task-dialect.ts';

const ANSWER_MS = 30_000;

/** What a task asks, in the ways of both generations. */
export interface TaskQuestions {
  /** 2025-11-25: a request of the server, whose answer carries its id, also from a later connection. */
  asked(question: ServerQuestion, tap: WireTap): void;
  /** Takes up what was asked before a restart of the host and is still unanswered. */
  reopen(): void;
  /** 2026-07-28: all that is open, told with the task each time. */
  told(requests: NonNullable<TaskState['inputRequests']>): void;
  answer(answer: Answer): Promise<void>;
}

export function taskQuestions(parts: {
  observer: CallObserver;
  handle(): TaskHandle;
  /** Keeps what must be known to answer after a restart. */
  keep(handle: TaskHandle): void;
  reach(): Promise<WireTap>;
  /** What is answered without asking a person. */
  standing(): OpenConnection['standing'];
  /** The server should be asked how the task stands. */
  wake(): void;
  /** It asked for what is not offered here, so it will wait for ever. */
  unmet(): void;
}): TaskQuestions {
  const { observer, handle, keep, reach, standing, wake, unmet } = parts;
  const questions = openQuestions(observer);
  /** The server may take a moment to see an answer; meanwhile it tells the question once more. */
  const settled = new Set<string>();

  const askedOf = (task: TaskHandle) => (task.kind === 'v1' ? (task.asked ?? []) : []);

  const answerTo =
    (key: string, id: RequestId, live?: { question: ServerQuestion; tap: WireTap }) =>
    async (result: ElicitResult) => {
      const tap = await reach();
      if (live?.tap === tap) await live.question.answer(result);
      else await tap.tell({ jsonrpc: '2.0', id, result });
      const task = handle();
      if (task.kind === 'v1') keep({ ...task, asked: askedOf(task).filter((asked) => asked.key !== key) });
      wake();
    };

  const answerByKey = (key: string) => async (result: object) => {
    const answers = { taskId: handle().taskId, inputResponses: { [key]: result } };
    await (await reach()).request('tasks/update', answers, { timeoutMs: ANSWER_MS });
    settled.add(key);
    wake();
  };

  return {
    asked(question, tap) {
      const key = keyOfRequest(question.id);
      const task = handle();
      const known =
        task.kind === 'v1' ? { ...task, asked: [...askedOf(task), { key, id: question.id }] } : task;
      keep(known);
      questions.ask(key, question.params, answerTo(key, question.id, { question, tap }), known);
      void question.ended.then((how) => {
        if (how === 'withdrawn') questions.withdraw(key, NOT_ASKED);
      });
    },
    reopen() {
      for (const { key, id } of askedOf(handle())) questions.reopen(key, answerTo(key, id));
      if (handle().kind === 'v2')
        for (const key of observer.standing()) questions.reopen(key, answerByKey(key));
    },
    told(requests) {
      for (const key of questions.keys())
        if (!Object.hasOwn(requests, key)) questions.withdraw(key, NOT_ASKED);
      for (const [key, { method, params = {} }] of Object.entries(requests)) {
        if (settled.has(key)) continue;
        const answer = answerByKey(key);
        const known = Object.hasOwn(standing(), method) ? standing()[method] : undefined;
        if (known !== undefined) {
          void answer(known).catch(() => {}); // told again with the next look at the task
          continue;
        }
        if (method !== 'elicitation/create') {
          settled.add(key);
          observer.log([
            { kind: 'status', text: `The server asked for “${method}”, which is not offered here.` },
          ]);
          unmet();
          continue;
        }
        questions.ask(key, params, answer);
      }
    },
    answer: (answer) => questions.answer(answer),
  };
}

const NOT_ASKED = 'The server does not ask this any more.';
