import { type LoggingLevel, McpServer } from '@modelcontextprotocol/server';
import type { Options } from './options.ts';
import { RESULT_SCHEMA } from './result.ts';
import type { Runs } from './run/runs.ts';
import { RUN_INPUT } from './run-input.ts';
import { runCommand } from './run-tool.ts';
import { Teller } from './teller.ts';

/** One MCP server with the tool `run`, for one connection of the given era. */
export function createServer(options: Options, runs: Runs, era: 'legacy' | 'modern'): McpServer {
  const server = new McpServer(
    { name: 'command', title: 'Commands', version: '0.1.0' },
    {
      capabilities: {
        tools: { listChanged: false },
        logging: {},
        // After a cancel a message of this logger says that the work has really stopped.
        experimental: { confirmedStop: { logger: 'cancel' } },
      },
    },
  );
  let sessionLevel: LoggingLevel | undefined;
  server.server.setRequestHandler('logging/setLevel', (request) => {
    sessionLevel = request.params.level;
    return {};
  });
  server.registerTool(
    'run',
    {
      title: 'Run a command',
      description: describe(options),
      inputSchema: RUN_INPUT,
      outputSchema: RESULT_SCHEMA,
      annotations: {
        title: 'Run a command',
        readOnlyHint: false,
        destructiveHint: true,
        idempotentHint: false,
        openWorldHint: true,
      },
    },
    (input, ctx) => {
      const teller = new Teller(ctx, era === 'modern', () => sessionLevel);
      return runCommand(input, { options, runs, teller, signal: ctx.mcpReq.signal });
    },
  );
  return server;
}

function describe({ folders, allow }: Options): string {
  const where =
    folders.length === 0 ? 'No folder is configured, so every call is refused.' : folders.join(', ');
  const which = allow
    ? ` Allowed programs: ${allow.join(', ')}; no variables, redirections or substitutions.`
    : '';
  return (
    'Runs a shell command and answers with its exit status and output when it is over. It may take long: progress ' +
    'is reported, it can be cancelled, and nothing of it is left afterwards, background processes included. ' +
    `Non-interactive, stdin is empty. Folders: ${where}${which}`
  );
}
