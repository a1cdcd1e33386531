import type { Command } from 'commander';
import type { ProgramContext } from './program.ts';

/** What can be done with a task beside stopping it. */
export function addTaskCommands(root: Command, { shell, ended }: ProgramContext): void {
  root
    .command('answer <id> [words...]')
    .usage("[options] <id> [key] [name=value… | '{…}']")
    .description('answer what a task asks; without an answer it asks you field by field')
    .option('--decline', 'say no')
    .option('--put-away', 'close the question without an answer')
    .option('--done', 'the page that it asked to open has been visited')
    .option('--json', 'what the API returns')
    .action(async (id, words, options) =>
      ended(await (await import('./commands/answer.ts')).answer(shell(), id, words, options)),
    );
  root
    .command('stop-waiting <id>')
    .description('end the waiting, not the work; its end is told should it turn up')
    .option('--json', 'what the API returns')
    .action(async (id, options) =>
      ended(await (await import('./commands/stop-waiting.ts')).stopWaiting(shell(), id, options)),
    );
  root
    .command('again <id>')
    .description('make the call of a task once more')
    .option('--detach', 'if it becomes a task, print its id and leave')
    .option('--json', 'what the API returns')
    .action(async (id, options) =>
      ended(await (await import('./commands/again.ts')).again(shell(), id, options)),
    );
}
