import type { Clock } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import type { Tool } from '../../../store/records.ts';
import type { ServerReport, ServerTester } from '../../source.ts';
import type { ToolRecords } from '../calls/tool-records.ts';
import { validateArguments } from '../calls/validate-arguments.ts';
import type { Negotiated } from '../connection/open-connection.ts';
import type { ServerSet } from '../server-set.ts';
import { checkClosing, checkServer } from './check-server.ts';
import { checkTool } from './check-tool.ts';
import { checklist, secondsOf } from './checklist.ts';
import { seenWords } from './seen-words.ts';

const ALTOGETHER_MS = 60_000;
/** A run that is under way when the test is called off is asked to stop, and waited for so long. */
const STOP_GRACE_MS = 2_000;

const OF_SERVER = ['version', 'tools', 'unknown tool', 'ping'];
const OF_TOOL = ['runs', 'reports progress', 'survives a restart', 'stops when asked', 'leaves processes'];

/** The tester, and the end of all tests that are under way: nothing of them is left then. */
export interface OwnServerTester extends ServerTester {
  close(): Promise<void>;
}

/**
 * Tests a server on a connection of its own, so that nothing that runs is disturbed. Of its tools only the one that
 * was named is used.
 */
export function createServerTester(parts: {
  servers: ServerSet;
  records: ToolRecords;
  clock: Clock;
}): OwnServerTester {
  const { servers, records, clock } = parts;
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  async function test(
    name: string,
    { tool: toolName, arguments: args = {} }: Parameters<ServerTester['test']>[1],
    stop: AbortSignal,
    why: () => string,
  ): Promise<ServerReport> {
    const server = servers.find(name);
    const list = checklist();
    const opened: Negotiated[] = [];
    const connect = async () => {
      const connection = await server.openApart(stop);
      opened.push(connection);
      return connection;
    };
    const startedMs = clock.now();
    let first: Negotiated;
    try {
      first = await connect();
    } catch (error) {
      const words = error instanceof AppError ? error.detail : (error as Error).message;
      list.failed('connects', stop.aborted ? why() : words);
      return { checks: list.checks, tools: [] };
    }
    try {
      list.ok('connects', `In ${secondsOf(clock.now() - startedMs)}.`);
      const tool = first.tools.find(({ name }) => name === toolName);
      if (toolName !== undefined && tool === undefined)
        throw new AppError('tool_not_found', `“${name}” has no tool “${toolName}”.`);
      if (tool !== undefined) validateArguments(tool, args);
      const looking = look(first, tool);
      const isDone = await unlessAborted(looking, stop);
      if (!isDone) {
        list.seal([...OF_SERVER, ...(tool === undefined ? [] : OF_TOOL), 'closing'], why());
        await Promise.race([looking.catch(() => {}), pause(STOP_GRACE_MS)]);
      } else await checkClosing(first, list);
      const tools = first.tools.map((each) => {
        const seen = records.of(name, each.name);
        return { name: each.name, seen, words: seenWords(seen) };
      });
      return { checks: list.checks, tools };
    } finally {
      await Promise.all(opened.map(({ close }) => close()));
    }

    async function look(negotiated: Negotiated, tool: Tool | undefined): Promise<void> {
      await checkServer(negotiated, list);
      if (tool === undefined || stop.aborted) return;
      const { connection } = negotiated;
      const link = {
        ...servers.linkTo(name),
        isRemoved: () => false,
        current: () => connection,
        connected: async () => connection,
      };
      const reconnect = async () => (await connect()).connection;
      await checkTool({ clock, connection, link, reconnect, tool, arguments: args, signal: stop }, list);
    }
  }

  const pause = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  return {
    async test(name, what, signal) {
      const late = AbortSignal.timeout(ALTOGETHER_MS);
      const stop = AbortSignal.any([signal, late, closing.signal]);
      const why = () =>
        late.aborted
          ? `Not reached within ${ALTOGETHER_MS / 1_000} s, which is all that a test may take.`
          : 'Not reached: the test was called off.';
      const testing = test(name, what, stop, why);
      const done = testing.catch(() => {});
      underWay.add(done);
      void done.then(() => underWay.delete(done));
      return testing;
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}

/** @returns whether the work was done before the signal came @throws what the work throws */
function unlessAborted(work: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(false);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work
      .then(() => resolve(!signal.aborted), reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}
