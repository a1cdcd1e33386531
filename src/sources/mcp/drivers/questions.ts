import { AppError } from '../../../base/errors.ts';
import type { Handle } from '../../../task/report.ts';
import type { Answer, Question } from '../../../task/task.ts';
import { jsonText } from '../wire/read-frame.ts';
import type { CallObserver } from './driver.ts';

const MESSAGE_CHARS = 4_000;
const SCHEMA_CHARS = 100_000;
/** As the API takes it. */
const KEY_CHARS = 200;
/** Whoever asks more at once has lost count, or means harm. */
const MOST_OPEN = 20;

/** An ElicitResult as it goes to the server. */
export type ElicitResult = Readonly<Record<string, unknown>> & { readonly action: Answer['action'] };

/** The questions of one call or task that are open, and how each is answered. */
export interface OpenQuestions {
  /**
   * Shows a question, unless it is open already. `send` hands the answer to the server; what is no question that
   * can be shown is put away at once, and the log says why.
   */
  ask(
    key: string,
    params: Readonly<Record<string, unknown>>,
    send: (result: ElicitResult) => Promise<void>,
    handle?: Handle,
    sharedBy?: number,
  ): void;
  /** Takes up a question that stands on the task already, from before a break. */
  reopen(key: string, send: (result: ElicitResult) => Promise<void>): void;
  /** @throws {AppError} `input_not_asked`, or what sending threw; then the question stays open */
  answer(answer: Answer): Promise<void>;
  /** Not asked any more. */
  withdraw(key: string, why: string): void;
  keys(): readonly string[];
}

export function openQuestions(
  observer: Pick<CallObserver, 'asked' | 'answered' | 'withdrawn' | 'log'>,
): OpenQuestions {
  const open = new Map<string, (result: ElicitResult) => Promise<void>>();

  return {
    ask(key, params, send, handle, sharedBy) {
      if (open.has(key)) return;
      const question =
        open.size < MOST_OPEN ? questionFrom(key, params, sharedBy) : `${MOST_OPEN} others are open already.`;
      if (typeof question === 'string') {
        observer.log([{ kind: 'status', text: `A question of the server was put away: ${question}` }]);
        void send({ action: 'cancel' }).catch(() => {});
        return;
      }
      open.set(key, send);
      void observer.asked(question, handle);
    },
    reopen: (key, send) => void open.set(key, send),
    async answer({ key, action, content }) {
      const send = open.get(key);
      if (send === undefined) throw new AppError('input_not_asked', 'This is not asked any more.');
      await send(action === 'accept' && content !== undefined ? { action, content } : { action });
      if (open.delete(key)) observer.answered(key, action);
    },
    withdraw(key, why) {
      if (open.delete(key)) observer.withdrawn(key, why);
    },
    keys: () => [...open.keys()],
  };
}

/** The key of a question that is a request of the server: its id, with `1` and `"1"` told apart. */
export const keyOfRequest = (id: string | number): string =>
  typeof id === 'string' && /^-?\d+$/.test(id) ? `s${id}` : String(id);

/** What can be shown of an elicitation (MCP 2025-11-25 and 2026-07-28), or why it cannot be. */
function questionFrom(
  key: string,
  params: Readonly<Record<string, unknown>>,
  sharedBy: number | undefined,
): Omit<Question, 'askedAt'> | string {
  if (key.length > KEY_CHARS) return 'its name is too long.';
  const message = typeof params.message === 'string' ? params.message.slice(0, MESSAGE_CHARS) : '';
  const common = { key, message, ...(sharedBy === undefined ? {} : { sharedBy }) };
  if (params.mode === 'url') {
    const url = typeof params.url === 'string' ? webAddress(params.url) : undefined;
    return url === undefined ? 'its address is not one that can be opened.' : { ...common, mode: 'url', url };
  }
  if (params.mode !== undefined && params.mode !== 'form') return 'it is of a kind that is not known here.';
  const schema = params.requestedSchema;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    return 'it has no form to fill in.';
  if ((jsonText(schema)?.length ?? Number.POSITIVE_INFINITY) > SCHEMA_CHARS) return 'its form is too large.';
  return { ...common, mode: 'form', schema: schema as Readonly<Record<string, unknown>> };
}

function webAddress(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}
