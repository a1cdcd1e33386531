import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ProgramContext } from './program.ts';

const collect = (word: string, before: readonly string[]): string[] => [...before, word];

/** `assignments` and what it can do. */
export function addAssignmentCommands(root: Command, { shell, ended }: ProgramContext): void {
  const change = () => import('./commands/assignments-change.ts');
  const exchange = () => import('./commands/assignments-exchange.ts');
  const assignments = root
    .command('assignments')
    .description('what is to be done later: at a time, or when something happens')
    .option('--json', 'what the API returns')
    .option('--q <words>', 'only with these words')
    .addOption(new Option('--limit <n>', 'how many').argParser(limit).default(50))
    .helpCommand(false)
    .action(async (options) =>
      ended(await (await import('./commands/assignments.ts')).assignments(shell(), options)),
    );
  assignments
    .command('show <id>')
    .description('when and what, how it stands, and its newest runs; the end of an id will do')
    .action(async (id, _options, command) => {
      const { showAssignment } = await import('./commands/assignments-show.ts');
      ended(await showAssignment(shell(), id, command.optsWithGlobals()));
    });
  assignments
    .command('add [work...]')
    .usage('[options] -- server.tool [key=value…]')
    .description('say what to do and when; shows what was understood and asks before it is made')
    .option('--at <time>', 'a time: “in 20 minutes”, “every weekday at 9:00”, cron or RRULE')
    .option('--when <event>', 'task:failed, resource:SERVER:URI, list:SERVER:tools or hook')
    .option('--where <path=value>', 'only when this is in the event (again for more)', collect, [])
    .option('--once', 'with --when: the first time only')
    .option('--zone <zone>', 'the time zone, such as Europe/Berlin (else that of the host)')
    .option('--title <title>', 'what it is called')
    .option('--session <id>', 'the session it is told in (else one of its own)')
    .option('--text <text>', 'a text instead of a tool')
    .option('--yes', 'make it without asking')
    .action(async (words, _options, command) => {
      const { addAssignment } = await import('./commands/assignments-add.ts');
      ended(await addAssignment(shell(), words, command.optsWithGlobals()));
    });
  assignments
    .command('run <id>')
    .description('do it now')
    .option('--follow', 'stay until it has ended; exit by its outcome')
    .action(async (id, _options, command) => {
      const { runAssignment } = await import('./commands/assignments-run.ts');
      ended(await runAssignment(shell(), id, command.optsWithGlobals()));
    });
  assignments
    .command('pause <id>')
    .description('fire it no more until it is resumed')
    .action(async (id, _options, command) =>
      ended(await (await change()).pauseAssignment(shell(), id, command.optsWithGlobals())),
    );
  assignments
    .command('resume <id>')
    .description('fire it again')
    .action(async (id, _options, command) =>
      ended(await (await change()).resumeAssignment(shell(), id, command.optsWithGlobals())),
    );
  assignments
    .command('rm <id>')
    .description('remove it; runs that go on are not stopped')
    .action(async (id) => ended(await (await change()).removeAssignment(shell(), id)));
  assignments
    .command('restore <id>')
    .description('take a removal back')
    .action(async (id, _options, command) =>
      ended(await (await change()).restoreAssignment(shell(), id, command.optsWithGlobals())),
    );
  assignments
    .command('hook <id>')
    .description('a new address for its hook; the old one stops working')
    .action(async (id, _options, command) =>
      ended(await (await change()).renewHook(shell(), id, command.optsWithGlobals())),
    );
  assignments
    .command('export')
    .description('all of them as JSON, to be kept or moved')
    .action(async () => ended(await (await exchange()).exportAssignments(shell())));
  assignments
    .command('import <file>')
    .description('make those of an export that are not there yet, paused')
    .action(async (file, _options, command) =>
      ended(await (await exchange()).importAssignments(shell(), file, command.optsWithGlobals())),
    );
}

function limit(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 200) return value;
  throw new InvalidArgumentError('Expected a whole number from 1 to 200.');
}
