import { Command, InvalidArgumentError, Option } from 'commander';
import { STATUSES, type Status } from '../../task/status.ts';
import { addAssignmentCommands } from './assignment-commands.ts';
import { EXAMPLES } from './help.ts';
import { addModelCommands } from './model-commands.ts';
import { addServerCommands } from './server-commands.ts';
import { addTaskCommands } from './task-commands.ts';
import type { Shell } from './terminal/shell.ts';

/** What the commands are given: the shell is made late, when the options are known. */
export interface ProgramContext {
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  readonly shell: () => Shell;
  /** Called with the exit status of the command that ran. */
  readonly ended: (status: number) => void;
}

/** All commands. Each loads its code when it is used, so that every start is fast. */
export function program(context: ProgramContext): Command {
  const { shell, ended } = context;
  const root = new Command('meanwhile')
    .description('A home for an AI assistant whose long work happens meanwhile.')
    .version(context.version, '-V, --version')
    .option('--no-color', 'no colours')
    .helpCommand(false)
    .showHelpAfterError('Try `meanwhile --help`.')
    .addHelpText('after', EXAMPLES)
    .exitOverride();
  root
    .command('start')
    .description('run a host')
    .option('--port <n>', 'the port to serve on (else PORT, else the default)', port)
    .option('--host <address>', 'serve beyond this machine, on this address')
    .option('--open', 'open the page in the browser')
    .action(async (options) =>
      ended(await (await import('./commands/start.ts')).start(context.env, options)),
    );
  root
    .command('stop')
    .description('stop the host; says first which work that cuts off')
    .addOption(new Option('--wait', 'stop when that work has ended').conflicts(['now', 'keepRunning']))
    .addOption(new Option('--now', 'stop at once').conflicts('keepRunning'))
    .option('--keep-running', 'take the waiting back')
    .action(async (options) => ended(await (await import('./commands/stop.ts')).stop(shell(), options)));
  root
    .command('tasks')
    .description('what is running and what has ended')
    .option('--watch', 'stay and show changes as they happen')
    .option('--json', 'what the API returns; with --watch one task per line')
    .option('--status <list>', `only these, with commas: ${STATUSES.join(', ')}`, statuses)
    .option('--session <id>', 'only tasks of this session')
    .option('--server <name>', 'only work of this server')
    .option('--q <words>', 'only with these words')
    .addOption(new Option('--limit <n>', 'how many that ended').argParser(limit).default(20))
    .action(async ({ status, q, ...rest }) => {
      const options = { ...rest, statuses: status, words: q };
      if (options.watch) {
        ended(await (await import('./commands/watch-tasks.ts')).watchTasks(shell(), options));
      } else ended(await (await import('./commands/tasks.ts')).tasks(shell(), options));
    });
  root
    .command('task <id>')
    .description('one task and its result; the end of an id will do')
    .option('--follow', 'stay until it has ended; exit by its outcome')
    .option('--log', 'its log instead')
    .option('--json', 'what the API returns')
    .action(async (id, options) =>
      ended(await (await import('./commands/task.ts')).task(shell(), id, options)),
    );
  root
    .command('cancel <id>')
    .description('ask a task to stop')
    .option('--force', 'end the processes of its server; names first what else that ends')
    .option('--also-ends-others', 'with --force: end the other work on that server too, without asking')
    .option('--json', 'what the API returns')
    .action(async (id, options) =>
      ended(await (await import('./commands/cancel.ts')).cancel(shell(), id, options)),
    );
  addTaskCommands(root, context);
  root
    .command('call <server.tool> [arguments...]')
    .description("call a tool with key=value, key:=json or one '{…}'")
    .option('--session <id>', 'the session it belongs to (else "Direct calls")')
    .option('--detach', 'if it becomes a task, print its id and leave')
    .option('--json', 'what the API returns: the call, then the ended task and its result')
    .action(async (name, words, options) =>
      ended(await (await import('./commands/call.ts')).call(shell(), name, words, options)),
    );
  root
    .command('sessions')
    .description('the chats')
    .option('--json', 'what the API returns')
    .action(async (options) =>
      ended(await (await import('./commands/sessions.ts')).sessions(shell(), options)),
    );
  addAssignmentCommands(root, context);
  addServerCommands(root, context);
  addModelCommands(root, context);
  const doctor = root
    .command('doctor')
    .description('check this home and say what to do')
    .option('--json', 'as JSON')
    .action(async (options) =>
      ended(await (await import('./commands/doctor.ts')).doctor(shell(), context.version, options)),
    );
  doctor
    .command('server <name> [tool] [arguments...]')
    .description('test a server; with a tool, by using it twice (name=value … as for call)')
    .action(async (name, tool, words, _options, command) => {
      const { doctorServer } = await import('./commands/doctor-server.ts');
      ended(await doctorServer(shell(), name, tool, words, command.optsWithGlobals()));
    });
  return root;
}

function port(text: string): number {
  return whole(text, 0, 65_535);
}

function limit(text: string): number {
  return whole(text, 1, 200);
}

function whole(text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
}

function statuses(text: string): Status[] {
  const words = text.split(',').filter((word) => word !== '');
  const wrong = words.filter((word) => !(STATUSES as readonly string[]).includes(word));
  if (words.length > 0 && wrong.length === 0) return words as Status[];
  throw new InvalidArgumentError(`Expected some of ${STATUSES.join(', ')}.`);
}
