import {
  type JSONRPCRequest,
  type LoggingLevel,
  type Result,
  Server,
  type ServerCapabilities,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { CANCEL_LOGGER } from '../job/teller.ts';
import { type Era, TASKS_EXTENSION } from '../protocol.ts';
import { serveTasksV1 } from '../tasks/v1.ts';
import { serveTasksV2 } from '../tasks/v2.ts';
import { callTool } from './call-tool.ts';
import { createCaller } from './caller.ts';
import { serveResources } from './serve-resources.ts';
import type { Serving } from './serving.ts';
import { listedTool } from './tool-list.ts';

type Handler = (request: JSONRPCRequest, context: ServerContext) => Promise<Result>;

/** The SDK's server takes only finished results from a tool; a task is another answer, so calls go past its check. */
class ToolServer extends Server {
  protected override _wrapHandler(method: string, handler: Handler): Handler {
    return method === 'tools/call'
      ? (request, context) => this.call(request, context)
      : super._wrapHandler(method, handler);
  }

  call: Handler = () => Promise.reject(new Error('not ready'));
}

/**
 * The server for one connection; for 2026-07-28 over HTTP, for one request.
 * @param watches false where somebody else tells of changed resources
 */
export function createToolServer(serving: Serving, era: Era, watches = true): Server {
  const { definition, tools, jobs } = serving;
  const { name, title, version, instructions } = definition;
  const server = new ToolServer(
    { name, title, version },
    { capabilities: capabilitiesOf(serving, era), ...(instructions !== undefined && { instructions }) },
  );
  let sessionLevel: LoggingLevel | undefined;
  if (era === 'legacy')
    server.setRequestHandler('logging/setLevel', ({ params }) => {
      sessionLevel = params.level;
      return {};
    });
  server.setRequestHandler('tools/list', () => ({
    tools: [...tools.values()].map((tool) => listedTool(tool, era)),
  }));
  const caller = createCaller(server, era, () => sessionLevel);
  server.call = (request, context) => callTool(serving, caller, request, context);
  server.setRequestHandler('tools/call', () => ({ content: [] })); // replaced by `call`
  if (era === 'legacy') serveTasksV1(server, jobs);
  else if (serving.tasks !== 'never') serveTasksV2(server, jobs);
  if (definition.resources) serveResources(server, definition.resources, era, watches);
  return server;
}

function capabilitiesOf({ definition, tasks }: Serving, era: Era): ServerCapabilities {
  return {
    tools: { listChanged: false },
    logging: {},
    ...(definition.resources && { resources: { subscribe: true, listChanged: true } }),
    // After a cancel a message of this logger says what became of the work.
    experimental: { confirmedStop: { logger: CANCEL_LOGGER } },
    ...(era === 'legacy' && { tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } } }),
    ...(era === 'modern' && tasks !== 'never' && { extensions: { [TASKS_EXTENSION]: {} } }),
  };
}
