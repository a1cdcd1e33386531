import type { Command } from 'commander';
import type { ProgramContext } from './program.ts';

const collect = (word: string, before: readonly string[]): string[] => [...before, word];

/** `servers` and what it can do. */
export function addServerCommands(root: Command, { shell, ended }: ProgramContext): void {
  const change = () => import('./commands/servers-change.ts');
  const servers = root
    .command('servers')
    .description('the connected MCP servers')
    .option('--json', 'what the API returns')
    .helpCommand(false)
    .action(async (options) =>
      ended(await (await import('./commands/servers.ts')).servers(shell(), options)),
    );
  servers
    .command('show <name>')
    .description('its state, its error, its settings and its tools with their arguments')
    .action(async (name, _options, command) => {
      const { showServer } = await import('./commands/servers-show.ts');
      ended(await showServer(shell(), name, command.optsWithGlobals()));
    });
  servers
    .command('add <name>')
    .description('connect a server')
    .option('--command <line>', 'the command line that runs it')
    .option('--env <name=value>', 'a variable for the command (again for more)', collect, [])
    .option('--url <address>', 'the address of a server that runs elsewhere')
    .option('--header <name:value>', 'a header for the address (again for more)', collect, [])
    .action(async (name, options) => {
      const { serverEntry } = await import('./arguments/server-entry.ts');
      const entry = serverEntry(name, options);
      ended(await (await change()).addServer(shell(), entry));
    });
  servers
    .command('set <name> <settings...>')
    .description('change settings: key=value, a list again for each value, key= takes one out')
    .option('--also-ends-others', 'end the work that runs on it, without asking')
    .action(async (name, settings, options) => {
      const { setServer } = await import('./commands/servers-set.ts');
      ended(await setServer(shell(), name, settings, options));
    });
  servers
    .command('enable <name>')
    .description('turn a server on')
    .action(async (name) => ended(await (await change()).enableServer(shell(), name)));
  servers
    .command('disable <name>')
    .description('turn a server off; it stays in mcp.json')
    .action(async (name) => ended(await (await change()).disableServer(shell(), name)));
  servers
    .command('retry <name>')
    .description('try a failed server again now')
    .action(async (name) => ended(await (await change()).retryServer(shell(), name)));
  servers
    .command('sign-in <name>')
    .description('sign in to a server that wants it, in the browser')
    .option('--no-open', 'only print the address')
    .action(async (name, options) => {
      const { signIn } = await import('./commands/servers-sign-in.ts');
      ended(await signIn(shell(), name, options));
    });
  servers
    .command('sign-out <name>')
    .description('forget the tokens of a server')
    .action(async (name) => {
      const { signOut } = await import('./commands/servers-sign-in.ts');
      ended(await signOut(shell(), name));
    });
  servers
    .command('remove <name>')
    .description('disconnect a server and take it out of mcp.json')
    .action(async (name) => ended(await (await change()).removeServer(shell(), name)));
}
