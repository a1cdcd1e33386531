import type { Clock } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store, Unnumbered } from '../../../store/ports.ts';
import type { Message, Tool } from '../../../store/records.ts';
import type { Tracker } from '../../../tracker/tracker.ts';
import type { ServerEntry } from '../../server-entry.ts';
import type { CallRequest } from '../../source.ts';
import type { ReadyServer } from '../connection/server-connection.ts';
import type { Driver, OpenConnection } from '../drivers/driver.ts';
import { type CallSettings, callMessage, type FollowedCall, followCall } from './followed-call.ts';
import { maskArguments } from './mask-arguments.ts';
import { validateArguments } from './validate-arguments.ts';

const DEFAULT_TASK_AFTER_MS = 1_000;
const DEFAULT_IDLE_MS = 30 * 60_000;
const DEFAULT_MAX_CONCURRENT = 200;

/** A call that was recorded and sent, with the messages that its beginning wrote. */
export interface StartedCall {
  readonly call: FollowedCall;
  readonly messages: readonly Message[];
}

/** Starts calls, and knows those that run. */
export interface Caller {
  /**
   * Checks, records, sends: in this order, so that a refusal changes nothing and nothing is sent unrecorded.
   * @throws {AppError} `tool_not_found`, `invalid_arguments`, `too_many_calls`, or the store's error
   */
  start(server: ReadyServer, request: CallRequest, alongside?: Unnumbered<Message>): Promise<StartedCall>;
  running(): readonly FollowedCall[];
  byTask(taskId: string): FollowedCall | undefined;
}

export function createCaller(parts: {
  store: Store;
  tracker: Tracker;
  clock: Clock;
  log: Logger;
  driver: Driver;
}): Caller {
  const { store, tracker, clock, log, driver } = parts;
  const calls = new Set<FollowedCall>();
  const starting = new Map<string, number>();

  const count = (server: string) =>
    (starting.get(server) ?? 0) + [...calls].filter((call) => call.server === server).length;

  return {
    async start({ connection, tools, entry }, request, alongside) {
      const tool = findTool(tools, request);
      validateArguments(tool, request.arguments);
      const max = entry.meanwhile?.maxConcurrent ?? DEFAULT_MAX_CONCURRENT;
      if (count(request.server) >= max)
        throw new AppError('too_many_calls', `“${request.server}” already works on ${max} calls, its limit.`);
      starting.set(request.server, (starting.get(request.server) ?? 0) + 1);
      try {
        const { sessionId } = request;
        const message = callMessage(clock, {
          ...request,
          arguments: maskArguments(request.arguments),
          sessionId: typeof sessionId === 'string' ? sessionId : await sessionId(),
        });
        const changes = await store.writer.commit(
          [...(alongside === undefined ? [] : [alongside]), message].map((each) => ({
            type: 'message',
            message: each,
          })),
          alongside === undefined ? 'quick' : 'durable',
        );
        const settings = settingsOf(entry, connection);
        const call = followCall({
          store,
          tracker,
          clock,
          log,
          message,
          tool,
          settings,
          start: (observer) =>
            driver.start(
              connection,
              undefined as never,
              {
                tool,
                arguments: request.arguments,
                token: `mw-${message.id}`,
                cancelSupport: settings.cancelSupport,
              },
              observer,
            ),
        });
        calls.add(call);
        void call.finished.finally(() => calls.delete(call));
        return {
          call,
          messages: changes.flatMap((change) => (change.type === 'message' ? [change.message] : [])),
        };
      } finally {
        starting.set(request.server, (starting.get(request.server) ?? 1) - 1);
      }
    },
    running: () => [...calls],
    byTask: (taskId) => [...calls].find((call) => call.taskId === taskId),
  };
}

function findTool(tools: readonly Tool[], request: CallRequest): Tool {
  const tool = tools.find(({ name }) => name === request.tool);
  if (tool !== undefined) return tool;
  const names = tools.map(({ name }) => name);
  const known =
    names.length === 0
      ? 'It has no tools.'
      : `It has: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`;
  throw new AppError('tool_not_found', `“${request.server}” has no tool “${request.tool}”. ${known}`);
}

const settingsOf = ({ meanwhile }: ServerEntry, { client }: OpenConnection): CallSettings => ({
  taskAfterMs: meanwhile?.taskAfterMs ?? DEFAULT_TASK_AFTER_MS,
  idleMs: meanwhile?.idleTimeoutMs ?? DEFAULT_IDLE_MS,
  totalMs: meanwhile?.totalTimeoutMs ?? 0,
  cancelSupport: meanwhile?.cancel ?? (confirmsStops(client) ? 'confirmed' : 'request'),
});

/** A server may declare that it tells when cancelled work has really stopped. */
const confirmsStops = (client: OpenConnection['client']): boolean =>
  client.getServerCapabilities()?.experimental?.confirmedStop !== undefined;
