import type { Ending } from '../../../task/report.ts';
import { isObject, jsonText, type RpcError } from '../wire/read-frame.ts';
import { endingFromFault } from './call-result.ts';
import type { CallOrder, OpenConnection } from './driver.ts';
import type { Follower, Following } from './follower.ts';
import type { RoundHandle } from './handles.ts';
import { type ElicitResult, openQuestions } from './questions.ts';

/** A server that asks more often than this for one call will never have enough. */
const MOST_ROUNDS = 50;
/** Before a call that was put off without a question is made again. */
const PUT_OFF_MS = 250;
/** The answer that a page must be visited first (2025-11-25, "URL Mode Elicitation Required"). */
const URL_ELICITATION_REQUIRED = -32042;

/** What a repeated call carries since 2026-07-28: the answers, and what the server wants back. */
export interface RoundParams {
  readonly round: number;
  readonly inputResponses?: Readonly<Record<string, unknown>>;
  readonly requestState?: string;
}

/** Makes a call and follows it. */
export type CallAgain = (
  following: Following,
  connection: OpenConnection,
  order: CallOrder,
  params: RoundParams,
) => Follower;

/**
 * Waits for the answers to what the server asked, then makes the call again with them: since 2026-07-28 this is how
 * a server asks in the middle of a call. Nothing is under way at the server meanwhile, so a question waits for as
 * long as it takes, and outlives the connection and the host.
 */
export function followRound(following: Following, handle: RoundHandle, callAgain: CallAgain): Follower {
  const { clock, end, link, observer } = following;
  const questions = openQuestions(observer);
  const stop = new AbortController();
  const { round, requestState } = handle;
  let { responses } = handle;
  let callOff: (() => void) | undefined;

  async function take(key: string, result: ElicitResult): Promise<void> {
    if (handle.visit === true && result.action !== 'accept') return refused();
    // So that nothing is accepted for a server that is not there: the question stays open then.
    const connection = await link.connected(AbortSignal.any([stop.signal, AbortSignal.timeout(5_000)]));
    responses = { ...responses, [key]: result };
    if (Object.keys(responses).length < Object.keys(handle.requests).length)
      await observer.handle({ ...handle, responses });
    else setImmediate(() => void again(connection)); // when the answer has been noted
  }

  async function again(connection?: OpenConnection): Promise<void> {
    if (stop.signal.aborted) return;
    // From here on a restart must not make the call once more.
    await observer.handle(null);
    try {
      const ready = connection ?? (await link.connected(stop.signal));
      const tool = ready.tools().find(({ name }) => name === handle.tool) ?? {
        name: handle.tool,
        inputSchema: {},
      };
      const order: CallOrder = {
        tool,
        arguments: handle.arguments,
        token: handle.token,
        cancelSupport: handle.cancelSupport,
      };
      const answers = handle.visit === true ? {} : { inputResponses: responses, requestState };
      following.handOver((next) => callAgain(next, ready, order, { round, ...defined(answers) }));
    } catch (error) {
      end.settle(endingFromFault(error));
    }
  }

  function refused() {
    end.settle({
      status: 'failed',
      failure: { reason: 'protocol_error', message: 'The page that the server asked for was not visited.' },
    });
  }

  const requests = Object.entries(handle.requests).filter(([key]) => !Object.hasOwn(responses, key));
  for (const [key, request] of requests) {
    const params = (request.params ?? {}) as Readonly<Record<string, unknown>>;
    questions.ask(`${round}.${key}`, params, (result) => take(key, result), handle);
  }
  if (requests.length === 0) callOff = clock.after(PUT_OFF_MS, () => void again()); // nothing left to ask a person

  return {
    survives: true,
    cancel: () =>
      end.settle({
        status: 'cancelled',
        cancelAnswer: 'stopped',
        statusMessage: 'Stopped while it waited for an answer; the server does nothing until it is answered.',
      }),
    giveUp: (ending) => end.settle(ending),
    stopWaiting: (ending) => end.settle({ ...ending, forGood: true }),
    answer: (answer) => questions.answer(answer),
    leave() {},
    close() {
      callOff?.();
      stop.abort();
    },
  };
}

/** What `input_required` asks for, or how it ends the call when it cannot be met. */
export function roundFromResult(
  result: Readonly<Record<string, unknown>>,
  order: CallOrder,
  connection: OpenConnection,
  round: number,
): RoundHandle | Ending {
  const { inputRequests = {} } = result;
  if (!isObject(inputRequests) || jsonText(inputRequests) === undefined)
    return unmet('The server asked for something that cannot be read.');
  const requests = inputRequests as RoundHandle['requests'];
  const methods = Object.entries(inputRequests).map(([key, request]) => ({ key, method: methodOf(request) }));
  const standing = methods.filter(({ method }) => Object.hasOwn(connection.standing, method));
  const responses = standing.map(({ key, method }) => [key, connection.standing[method]]);
  const other = methods.find(
    ({ method }) => method !== 'elicitation/create' && !Object.hasOwn(connection.standing, method),
  );
  if (other !== undefined) return unmet(`The server asked for “${other.method}”, which is not offered here.`);
  if (round > MOST_ROUNDS) return unmet(`The server asked ${MOST_ROUNDS} times and still had not enough.`);
  const state = typeof result.requestState === 'string' ? { requestState: result.requestState } : {};
  return { ...roundOf(order, round), ...state, requests, responses: Object.fromEntries(responses) };
}

const methodOf = (request: unknown): string =>
  isObject(request) && typeof request.method === 'string' ? request.method : 'nothing that has a name';

/** A page that must be visited before the call can be made, where an error says so. */
export function roundFromError(error: RpcError, order: CallOrder): RoundHandle | undefined {
  if (error.code !== URL_ELICITATION_REQUIRED) return undefined;
  const { elicitations } = (error.data ?? {}) as { elicitations?: unknown };
  if (!Array.isArray(elicitations) || elicitations.length === 0) return undefined;
  const requests = elicitations.map((params, index) => [
    `visit${index}`,
    { method: 'elicitation/create', params },
  ]);
  return { ...roundOf(order, 1), visit: true, requests: Object.fromEntries(requests) };
}

const roundOf = (order: CallOrder, round: number) => ({
  kind: 'round' as const,
  token: order.token,
  tool: order.tool.name,
  arguments: order.arguments,
  cancelSupport: order.cancelSupport,
  round,
  responses: {},
});

const unmet = (message: string): Ending => ({
  status: 'failed',
  failure: { reason: 'protocol_error', message },
});

const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
