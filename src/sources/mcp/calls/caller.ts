import type { Clock } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store, Unnumbered } from '../../../store/ports.ts';
import type { Message, Tool } from '../../../store/records.ts';
import type { Task } from '../../../task/task.ts';
import type { Tracker } from '../../../tracker/tracker.ts';
import type { ServerEntry } from '../../server-entry.ts';
import type { CallRequest } from '../../source.ts';
import type { ReadyServer } from '../connection/server-connection.ts';
import type { OpenConnection, RunningCall, ServerLink } from '../drivers/driver.ts';
import type { WorkHandle } from '../drivers/handles.ts';
import type { Driver } from '../drivers/mcp-driver.ts';
import { type CallSettings, callMessage, type FollowedCall, followCall } from './followed-call.ts';
import { followTask } from './followed-task.ts';
import type { FollowedWork } from './followed-work.ts';
import { maskArguments } from './mask-arguments.ts';
import { cancelSupport, type ToolRecord, type ToolRecords } from './tool-records.ts';
import { validateArguments } from './validate-arguments.ts';

const DEFAULT_TASK_AFTER_MS = 1_000;
const DEFAULT_IDLE_MS = 30 * 60_000;
const DEFAULT_MAX_CONCURRENT = 200;

/** A call that was recorded and sent, with the messages that its beginning wrote. */
export interface StartedCall {
  readonly call: FollowedCall;
  readonly messages: readonly Message[];
}

/** Starts calls, takes up tasks again, and knows all that is under way. */
export interface Caller {
  /**
   * Checks, records, sends: in this order, so that a refusal changes nothing and nothing is sent unrecorded.
   * @throws {AppError} `tool_not_found`, `invalid_arguments`, `too_many_calls`, or the store's error
   */
  start(
    server: ReadyServer,
    link: ServerLink,
    request: CallRequest,
    alongside?: Unnumbered<Message>,
  ): Promise<StartedCall>;
  /** Follows a task again that an earlier run of the host left. */
  resume(task: Task, handle: WorkHandle, link: ServerLink, entry: ServerEntry): FollowedWork;
  running(): readonly FollowedWork[];
  byTask(taskId: string): FollowedWork | undefined;
  /** Work that was given up as lost, and is still looked for. */
  lingering(): readonly RunningCall[];
}

export function createCaller(parts: {
  store: Store;
  tracker: Tracker;
  clock: Clock;
  log: Logger;
  driver: Driver;
  records: ToolRecords;
}): Caller {
  const { store, tracker, clock, log, driver, records } = parts;
  const works = new Set<FollowedWork>();
  const lingering = new Set<RunningCall>();
  const starting = new Map<string, number>();

  const count = (server: string) =>
    (starting.get(server) ?? 0) + [...works].filter((work) => work.server === server).length;

  function keep<W extends FollowedWork>(work: W): W {
    works.add(work);
    const { running } = work;
    lingering.add(running);
    void work.finished.finally(() => works.delete(work));
    void running.over.then(() => lingering.delete(running));
    return work;
  }

  const seenOf = (server: string, tool: string) => (seen: Parameters<ToolRecords['note']>[2]) =>
    void records.note(server, tool, seen).catch((error) => log.warn({ err: error }, 'could not note a tool'));

  return {
    async start({ connection, tools, entry }, link, request, alongside) {
      const tool = findTool(tools, request);
      validateArguments(tool, request.arguments);
      const max = entry.meanwhile?.maxConcurrent ?? DEFAULT_MAX_CONCURRENT;
      if (count(request.server) >= max)
        throw new AppError('too_many_calls', `“${request.server}” already works on ${max} calls, its limit.`);
      starting.set(request.server, (starting.get(request.server) ?? 0) + 1);
      try {
        const { sessionId } = request;
        let argumentsWhole = true;
        const kept = maskArguments(request.arguments, () => {
          argumentsWhole = false;
        });
        const message = callMessage(clock, {
          ...request,
          arguments: kept,
          sessionId: typeof sessionId === 'string' ? sessionId : await sessionId(),
        });
        const changes = await store.writer.commit(
          [...(alongside === undefined ? [] : [alongside]), message].map((each) => ({
            type: 'message',
            message: each,
          })),
          alongside === undefined && request.messageId === undefined ? 'quick' : 'durable',
        );
        const record = records.of(request.server, tool.name);
        const settings = settingsOf(entry, connection, record);
        const order = {
          tool,
          arguments: request.arguments,
          token: `mw-${message.id}`,
          cancelSupport: settings.cancelSupport,
        };
        const call = keep(
          followCall({
            store,
            tracker,
            clock,
            log,
            message,
            tool,
            settings,
            parentId: request.parentId,
            argumentsWhole,
            start: (observer) => driver.start(connection, link, order, observer),
            seen: seenOf(request.server, tool.name),
          }),
        );
        return {
          call,
          messages: changes.flatMap((change) => (change.type === 'message' ? [change.message] : [])),
        };
      } finally {
        starting.set(request.server, (starting.get(request.server) ?? 1) - 1);
      }
    },
    resume: (task, handle, link, entry) =>
      keep(
        followTask({
          task,
          tracker,
          clock,
          log,
          limits: limitsOf(entry),
          resume: (observer) => driver.resume(handle, link, observer),
          seen: seenOf(task.source.server ?? '', task.source.tool ?? ''),
        }),
      ),
    running: () => [...works],
    lingering: () => [...lingering].filter((running) => ![...works].some((work) => work.running === running)),
    byTask: (taskId) => [...works].find((work) => work.taskId === taskId),
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

const limitsOf = ({ meanwhile }: ServerEntry) => ({
  idleMs: meanwhile?.idleTimeoutMs ?? DEFAULT_IDLE_MS,
  totalMs: meanwhile?.totalTimeoutMs ?? 0,
});

const settingsOf = (
  entry: ServerEntry,
  { client, kind }: OpenConnection,
  record: ToolRecord,
): CallSettings => ({
  ...limitsOf(entry),
  taskAfterMs: entry.meanwhile?.taskAfterMs ?? DEFAULT_TASK_AFTER_MS,
  canForce: kind === 'stdio',
  cancelSupport: cancelSupport({
    configured: entry.meanwhile?.cancel,
    record,
    declared: confirmsStops(client),
  }),
});

/** A server may declare that it tells when cancelled work has really stopped. */
const confirmsStops = (client: OpenConnection['client']): boolean =>
  client.getServerCapabilities()?.experimental?.confirmedStop !== undefined;
