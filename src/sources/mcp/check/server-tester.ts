import type { Clock } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import type { ServerTester } from '../../source.ts';
import type { ToolRecords } from '../calls/tool-records.ts';
import { validateArguments } from '../calls/validate-arguments.ts';
import type { Negotiated } from '../connection/open-connection.ts';
import type { ServerSet } from '../server-set.ts';
import { checkClosing, checkServer } from './check-server.ts';
import { checkTool } from './check-tool.ts';
import { checklist, secondsOf } from './checklist.ts';
import { seenWords } from './seen-words.ts';

const ALTOGETHER_MS = 60_000;

/**
 * Tests a server on a connection of its own, so that nothing that runs is disturbed. Of its tools only the one that
 * was named is used.
 */
export function createServerTester(parts: {
  servers: ServerSet;
  records: ToolRecords;
  clock: Clock;
}): ServerTester {
  const { servers, records, clock } = parts;

  return {
    async test(name, { tool: toolName, arguments: args = {} }, signal) {
      const server = servers.find(name);
      const list = checklist();
      const stop = AbortSignal.any([signal, AbortSignal.timeout(ALTOGETHER_MS)]);
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
        const why = error instanceof AppError ? error.detail : (error as Error).message;
        list.failed('connects', why);
        return { checks: list.checks, tools: [] };
      }
      try {
        list.ok('connects', `In ${secondsOf(clock.now() - startedMs)}.`);
        const tool = first.tools.find(({ name }) => name === toolName);
        if (toolName !== undefined && tool === undefined)
          throw new AppError('tool_not_found', `“${name}” has no tool “${toolName}”.`);
        if (tool !== undefined) validateArguments(tool, args);
        await checkServer(first, list);
        if (tool !== undefined) {
          const { connection } = first;
          const link = {
            ...servers.linkTo(name),
            isRemoved: () => false,
            current: () => connection,
            connected: async () => connection,
          };
          const reconnect = async () => (await connect()).connection;
          await checkTool({ clock, connection, link, reconnect, tool, arguments: args }, list, stop);
        }
        await checkClosing(first, list);
        const tools = first.tools.map((each) => {
          const seen = records.of(name, each.name);
          return { name: each.name, seen, words: seenWords(seen) };
        });
        return { checks: list.checks, tools };
      } finally {
        await Promise.all(opened.map(({ close }) => close()));
      }
    },
  };
}
