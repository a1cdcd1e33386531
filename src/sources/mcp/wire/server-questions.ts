import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/client';

/** What becomes of a question: someone answered it, or the server does not want to know any more. */
export type QuestionEnd = 'answered' | 'withdrawn';

/** `elicitation/create` as a request of the server (before 2026-07-28): it waits for our answer. */
export interface ServerQuestion {
  readonly id: RequestId;
  readonly params: Readonly<Record<string, unknown>>;
  /** Set when the server does not say which call asks: how many it may be. */
  readonly sharedBy?: number;
  /** Sends an ElicitResult; the first one counts. */
  answer(result: Readonly<Record<string, unknown>>): Promise<void>;
  readonly ended: Promise<QuestionEnd>;
}

interface Asked {
  question(question: ServerQuestion): void;
}

interface Open {
  readonly end: (how: QuestionEnd) => void;
  readonly answer: ServerQuestion['answer'];
  readonly askers: Set<Asked>;
}

/** Questions may come before the answer that makes their task; so many are kept until it is there. */
const UNCLAIMED = 100;

/**
 * Brings questions of the server to the calls they belong to. Before 2026-07-28 a question says at most which task
 * it is for. One of a plain call stands on every call that is under way, and the first answer counts.
 */
export function serverQuestions(send: (message: JSONRPCMessage) => Promise<void>): {
  forTask(id: RequestId, params: object, taskId: string, watch: Asked | undefined): void;
  forCalls(id: RequestId, params: object, watches: readonly Asked[]): void;
  /** Hands over what came for a task before anyone watched it. */
  claim(taskId: string, watch: Asked): void;
  /** Whoever leaves asks nothing more; a question that nobody is left for is put away. */
  leave(watch: Asked): void;
  /** Whether the server took back a question of its own. */
  withdraw(id: RequestId): boolean;
} {
  const open = new Map<RequestId, Open>();
  let unclaimed: readonly { taskId: string; id: RequestId; params: object }[] = [];

  function ask(id: RequestId, params: object, askers: readonly Asked[]): void {
    const { promise: ended, resolve } = Promise.withResolvers<QuestionEnd>();
    const end = (how: QuestionEnd) => {
      open.delete(id);
      resolve(how);
    };
    const answer = async (result: Readonly<Record<string, unknown>>) => {
      if (!open.has(id)) return;
      await send({ jsonrpc: '2.0', id, result });
      end('answered');
    };
    open.set(id, { end, answer, askers: new Set(askers) });
    const question: ServerQuestion = {
      id,
      params: params as ServerQuestion['params'],
      ...(askers.length > 1 ? { sharedBy: askers.length } : {}),
      answer,
      ended,
    };
    for (const asker of askers) asker.question(question);
  }

  const putAway = (id: RequestId) =>
    void send({ jsonrpc: '2.0', id, result: { action: 'cancel' } }).catch(() => {});

  return {
    forTask(id, params, taskId, watch) {
      if (watch !== undefined) return ask(id, params, [watch]);
      unclaimed = [...unclaimed, { taskId, id, params }];
      for (const oldest of unclaimed.slice(0, -UNCLAIMED)) putAway(oldest.id);
      unclaimed = unclaimed.slice(-UNCLAIMED);
    },
    forCalls(id, params, watches) {
      if (watches.length === 0)
        putAway(id); // nobody is there whom it could be for
      else ask(id, params, watches);
    },
    claim(taskId, watch) {
      const waiting = unclaimed.filter((question) => question.taskId === taskId);
      unclaimed = unclaimed.filter((question) => question.taskId !== taskId);
      for (const { id, params } of waiting) ask(id, params, [watch]);
    },
    leave(watch) {
      for (const { askers, answer, end } of open.values()) {
        if (!askers.delete(watch) || askers.size > 0) continue;
        answer({ action: 'cancel' }).catch(() => end('withdrawn'));
      }
    },
    withdraw(id) {
      const asked = open.get(id);
      asked?.end('withdrawn');
      return asked !== undefined;
    },
  };
}
