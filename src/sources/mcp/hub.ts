import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';
import { parseArgumentLine } from '../../base/tool-arguments/parse-arguments.ts';
import type { Store, Unnumbered } from '../../store/ports.ts';
import type { Message } from '../../store/records.ts';
import type { Task } from '../../task/task.ts';
import type { Tracker } from '../../tracker/tracker.ts';
import type { CallAnswer, CallRequest, ServerDirectory, Source, ToolCaller } from '../source.ts';
import { createCaller, type StartedCall } from './calls/caller.ts';
import { openConfigFile } from './config/config-file.ts';
import { watchConfig } from './config/watch-config.ts';
import { plainDriver } from './drivers/plain.ts';
import { accountForCalls, accountForTasks, endingOfStop, endLeftProcesses } from './recover.ts';
import { createServerSet } from './server-set.ts';

/** How long a call waits for a server that is still connecting. */
const CONNECT_WAIT_MS = 20_000;

/** How long stopping waits for the ends of running work to be saved. */
const SAVE_WAIT_MS = 5_000;

/** The MCP source: the servers of `mcp.json`, and the calls that run on them. */
export interface McpHub extends Source, ToolCaller {
  readonly type: 'mcp';
  readonly servers: ServerDirectory;
  /**
   * A call as it is typed in a chat; its arguments are read by the tool's schema.
   * @returns the messages written, once the call is sent
   */
  callFromChat(request: {
    server: string;
    tool: string;
    argumentLine: string;
    sessionId: string;
    alongside: Unnumbered<Message>;
  }): Promise<readonly Message[]>;
}

export function createMcpHub(parts: {
  configPath: string;
  env: Readonly<Record<string, string | undefined>>;
  store: Store;
  tracker: Tracker;
  clock: Clock;
  log: Logger;
}): McpHub {
  const { configPath, env, store, tracker, clock, log } = parts;
  const file = openConfigFile(configPath);
  const servers = createServerSet({ file, env, store, clock, log });
  const caller = createCaller({ store, tracker, clock, log, driver: plainDriver(clock) });
  let unwatch: (() => void) | undefined;
  let closing = false;

  const isRemote = (server: string): boolean => servers.get(server)?.transport === 'http';

  async function start(request: CallRequest, alongside?: Unnumbered<Message>): Promise<StartedCall> {
    if (closing) throw new AppError('shutting_down', 'Meanwhile is stopping; nothing new is started.');
    const ready = await servers.find(request.server).ready(CONNECT_WAIT_MS);
    return caller.start(ready, request, alongside);
  }

  return {
    type: 'mcp',
    servers,
    async recover(left: readonly Task[]) {
      await endLeftProcesses(store, log);
      await servers.load();
      await accountForTasks(left, isRemote, tracker);
      await accountForCalls(store, clock);
    },
    async open() {
      servers.open();
      unwatch = watchConfig(file.path, () => {
        servers.reload().catch((error) => log.error({ err: error }, 'mcp.json could not be applied'));
      });
    },
    async call(request): Promise<CallAnswer> {
      const { call } = await start(request);
      return call.answered;
    },
    async callFromChat({ server, tool, argumentLine, sessionId, alongside }) {
      const { tools } = await servers.find(server).ready(CONNECT_WAIT_MS);
      const schema = tools.find(({ name }) => name === tool)?.inputSchema ?? {};
      const args = parseArgumentLine(argumentLine, schema);
      const { messages } = await start({ server, tool, arguments: args, sessionId }, alongside);
      return messages;
    },
    async cancel(taskId, { by, force }) {
      const task = await store.tasks.get(taskId);
      if (task === undefined) throw new AppError('task_not_found', `There is no task ${taskId}.`);
      const call = caller.byTask(taskId);
      if (call === undefined || task.endedAt !== undefined)
        throw new AppError('already_ended', `“${task.title}” has already ended (${task.status}).`);
      if (task.cancel.support === 'none' && !force)
        throw new AppError(
          'cancel_unsupported',
          `“${task.title}” cannot be stopped: its tool does not support it.`,
        );
      if (force) return endServerOf(call.server, task, by);
      const verdict = await tracker.note({ type: 'cancel_requested', taskId, by });
      if (!verdict.ok) throw new AppError('already_ended', `“${task.title}” has already ended.`);
      call.running.cancel();
    },
    async answer() {
      throw new AppError('input_not_asked', 'Nothing is asked.');
    },
    async stopWaiting() {},
    async callAgain() {
      throw new AppError('arguments_not_kept', 'Not known.');
    },
    fateOf: (task) => (isRemote(task.source.server ?? '') ? 'lost' : 'interrupted'),
    async close() {
      closing = true;
      unwatch?.();
      const running = caller.running();
      for (const { running: work, server } of running) work.giveUp(endingOfStop(server, isRemote(server)));
      // With a full disk an end cannot be saved now; then the next start accounts for the work.
      await within(clock, SAVE_WAIT_MS, Promise.all(running.map(({ finished }) => finished)));
      await servers.close();
    },
  };

  /** Force ends the server's processes; only where it is ours to end and nothing else runs on it. */
  async function endServerOf(name: string, task: Task, by: string): Promise<void> {
    const server = servers.find(name);
    const others = caller.running().filter((call) => call.server === name && call.taskId !== task.id).length;
    if (server.view().transport !== 'stdio')
      throw new AppError(
        'cancel_unsupported',
        `“${name}” runs elsewhere; its processes are not ours to end.`,
      );
    if (others > 0)
      throw new AppError(
        'cancel_unsupported',
        `Ending “${name}” would also end ${others} other call(s) that run on it.`,
      );
    await tracker.note({ type: 'cancel_requested', taskId: task.id, by });
    caller.byTask(task.id)?.running.cancel();
    await servers.restart(name);
  }
}

function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const callOff = clock.after(ms, resolve);
    void work.then(() => {
      callOff();
      resolve();
    });
  });
}
