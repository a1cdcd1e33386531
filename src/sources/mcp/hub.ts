import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';
import { parseArgumentLine } from '../../base/tool-arguments/parse-arguments.ts';
import type { Estate, Store, Unnumbered } from '../../store/ports.ts';
import type { Message } from '../../store/records.ts';
import type { Task } from '../../task/task.ts';
import type { Tracker } from '../../tracker/tracker.ts';
import type {
  CallAnswer,
  CallRequest,
  ResourceWatcher,
  ServerDirectory,
  ServerTester,
  Source,
  ToolCaller,
} from '../source.ts';
import { createCaller, type StartedCall } from './calls/caller.ts';
import { checkAnswer } from './calls/check-answer.ts';
import type { FollowedWork } from './calls/followed-work.ts';
import { createToolRecords } from './calls/tool-records.ts';
import { createServerTester } from './check/server-tester.ts';
import { openConfigFile } from './config/config-file.ts';
import { watchConfig } from './config/watch-config.ts';
import { mcpDriver } from './drivers/mcp-driver.ts';
import { endByForce } from './force.ts';
import { loseWorkElsewhere } from './left-elsewhere.ts';
import { type ListedResource, listResources } from './list-resources.ts';
import type { SignInPlace } from './oauth/sign-ins.ts';
import { accountForCalls, endingOfStop, endLeftProcesses, takeUpTasks } from './recover.ts';
import { createServerSet } from './server-set.ts';
import { createResourceWatcher } from './subscriptions/resource-watcher.ts';

/** How long a call waits for a server that is still connecting. */
const CONNECT_WAIT_MS = 20_000;

/** How long stopping waits for the ends of running work to be saved. */
const SAVE_WAIT_MS = 5_000;

/** The MCP source: the servers of `mcp.json`, and the calls that run on them. */
export interface McpHub extends Source, ToolCaller, ServerTester, ResourceWatcher {
  readonly type: 'mcp';
  readonly servers: ServerDirectory;
  /** The host that did this work is gone: it is lost, unless that host comes back. */
  loseWorkElsewhere(left: Pick<Estate, 'tasks' | 'calls'>): Promise<void>;
  /**
   * The resources that a server lists now; none where it offers none.
   * @throws {AppError} `server_not_found`, `server_off`, `server_unavailable`
   */
  listResources(server: string): Promise<readonly ListedResource[]>;
  /**
   * What a tool takes, as its server says it; waits for a server that is still connecting.
   * @throws {AppError} as `call`
   */
  toolSchema(server: string, tool: string): Promise<Readonly<Record<string, unknown>> | undefined>;
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
  oauth: SignInPlace;
  env: Readonly<Record<string, string | undefined>>;
  store: Store;
  tracker: Tracker;
  clock: Clock;
  log: Logger;
}): McpHub {
  const { configPath, oauth, env, store, tracker, clock, log } = parts;
  const file = openConfigFile(configPath);
  const workOn = (name: string) => caller.running().filter(({ server }) => server === name);
  const servers = createServerSet({ file, env, store, oauth, workOn, clock, log });
  const records = createToolRecords(store.notes, clock);
  const caller = createCaller({ store, tracker, clock, log, records, driver: mcpDriver(clock) });
  const watcher = createResourceWatcher({ servers, connectWaitMs: CONNECT_WAIT_MS, clock, log });
  const tester = createServerTester({ servers, records, clock });
  let unwatch: (() => void) | undefined;
  let closing = false;

  const isRemote = (server: string): boolean => {
    const transport = servers.get(server)?.transport;
    return transport !== undefined && transport !== 'stdio';
  };

  async function start(request: CallRequest, alongside?: Unnumbered<Message>): Promise<StartedCall> {
    if (closing) throw new AppError('shutting_down', 'Meanwhile is stopping; nothing new is started.');
    const ready = await servers.find(request.server).ready(CONNECT_WAIT_MS);
    return caller.start(ready, servers.linkTo(request.server), request, alongside);
  }

  return {
    type: 'mcp',
    servers,
    test: tester.test,
    async listResources(server) {
      const { connection } = await servers.find(server).ready(CONNECT_WAIT_MS);
      return listResources(connection);
    },
    watchResource: watcher.watchResource,
    watchList: watcher.watchList,
    readResource: watcher.readResource,
    async recover(left: readonly Task[]) {
      await endLeftProcesses(store, log);
      await servers.load();
      await records.load();
      await takeUpTasks({ left, store, tracker, caller, servers, isRemote, clock });
      await accountForCalls(store, clock);
    },
    loseWorkElsewhere: (left) => loseWorkElsewhere({ ...left, store, tracker, clock }),
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
    async toolSchema(server, tool) {
      const { tools } = await servers.find(server).ready(CONNECT_WAIT_MS);
      return tools.find(({ name }) => name === tool)?.inputSchema;
    },
    async callFromChat({ server, tool, argumentLine, sessionId, alongside }) {
      const { tools } = await servers.find(server).ready(CONNECT_WAIT_MS);
      const schema = tools.find(({ name }) => name === tool)?.inputSchema ?? {};
      const args = parseArgumentLine(argumentLine, schema);
      const { messages } = await start({ server, tool, arguments: args, sessionId }, alongside);
      return messages;
    },
    async cancel(taskId, { by, force, alsoEnds = [] }) {
      const { task, work } = await active(taskId);
      if (force) return endByForce({ task, work, by, alsoEnds, servers, caller, tracker });
      if (task.cancel.support === 'none')
        throw new AppError(
          'cancel_unsupported',
          `“${task.title}” cannot be stopped: its tool does not support it.`,
        );
      const verdict = await tracker.note({ type: 'cancel_requested', taskId, by });
      if (!verdict.ok) throw ended(task);
      work.running.cancel();
    },
    async answer(taskId, answer) {
      const checked = checkAnswer(await existing(taskId), answer);
      const { work } = await active(taskId);
      await work.running.answer(checked);
    },
    async stopWaiting(taskId, by) {
      const { work } = await active(taskId);
      work.running.stopWaiting({
        status: 'lost',
        statusMessage: `No longer waited for, as asked by ${by}. The work may go on; its end is told here should it turn up.`,
      });
      await work.finished;
    },
    async callAgain(taskId) {
      const { title, source, sessionId } = await existing(taskId);
      const { server, tool, args = {}, argsIncomplete } = source;
      if (server === undefined || tool === undefined || argsIncomplete === true)
        throw new AppError(
          'arguments_not_kept',
          `“${title}” cannot be done again from here: not all that it was given is kept. Call the tool again.`,
        );
      const session = sessionId === undefined ? undefined : await store.sessions.get(sessionId);
      if (session === undefined || session.deletedAt !== undefined)
        throw new AppError('session_not_found', `The chat of “${title}” has been deleted.`);
      return this.call({ server, tool, arguments: args, sessionId: session.id });
    },
    fateOf(task) {
      const work = caller.byTask(task.id);
      if (work?.running.survives === true) return 'reattached';
      return isRemote(task.source.server ?? '') ? 'lost' : 'interrupted';
    },
    async close() {
      closing = true;
      unwatch?.();
      watcher.close();
      for (const running of caller.lingering()) running.leave();
      const running = caller.running();
      const ending = running.filter(({ running }) => !running.survives);
      for (const work of running) if (!ending.includes(work)) work.running.leave();
      for (const { running: work, server } of ending) work.giveUp(endingOfStop(server, isRemote(server)));
      // With a full disk an end cannot be saved now; then the next start accounts for the work.
      await within(clock, SAVE_WAIT_MS, Promise.all(ending.map(({ finished }) => finished)));
      await tester.close();
      await servers.close();
    },
  };

  async function existing(taskId: string): Promise<Task> {
    const task = await store.tasks.get(taskId);
    if (task === undefined) throw new AppError('task_not_found', `There is no task ${taskId}.`);
    return task;
  }

  async function active(taskId: string): Promise<{ task: Task; work: FollowedWork }> {
    const task = await existing(taskId);
    const work = caller.byTask(taskId);
    if (work === undefined || task.endedAt !== undefined) throw ended(task);
    return { task, work };
  }
}

const ended = ({ title, status }: Task): AppError =>
  new AppError('already_ended', `“${title}” has already ended (${status}).`);

function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const callOff = clock.after(ms, resolve);
    void work.then(() => {
      callOff();
      resolve();
    });
  });
}
