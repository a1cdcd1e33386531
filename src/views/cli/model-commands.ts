import { type Command, InvalidArgumentError } from 'commander';
import type { ProgramContext } from './program.ts';

/** `models` and what it can do. */
export function addModelCommands(root: Command, { shell, ended }: ProgramContext): void {
  const change = () => import('./commands/models-change.ts');
  const models = root
    .command('models')
    .description('the models that the assistant speaks through')
    .option('--json', 'what the API returns')
    .helpCommand(false)
    .action(async (options) => ended(await (await import('./commands/models.ts')).models(shell(), options)));
  const withFields = (command: Command) =>
    command
      .option('--provider <name>', 'anthropic, openai, google or openai-compatible')
      .option('--model <name>', 'as the provider names it')
      .option('--url <address>', 'the address of the API, such as http://localhost:11434/v1')
      .option('--key <key>', 'the key; others on this machine may see it while this runs')
      .option('--key-env <name>', "the variable of the host's environment that holds the key")
      .option('--context <tokens>', 'how much it can read at once', whole)
      .option('--title <text>', 'its name for people');
  withFields(
    models
      .command('add <id>')
      .description('set up a model; the first one is the default')
      .option('--preset <name>', 'anthropic, openai, google, openrouter, ollama, lmstudio, vllm or llamacpp'),
  ).action(async (id, options) => ended(await (await change()).addModel(shell(), id, options)));
  withFields(models.command('set <id>').description('change a model')).action(async (id, options) =>
    ended(await (await change()).setModel(shell(), id, options)),
  );
  models
    .command('remove <id>')
    .description('forget a model and its key')
    .action(async (id) => ended(await (await change()).removeModel(shell(), id)));
  models
    .command('test <id>')
    .description('say a word to a model; says what is wrong with key, address or name')
    .action(async (id) => ended(await (await change()).testModel(shell(), id)));
  models
    .command('default <id>')
    .description('the model of chats that choose none')
    .action(async (id) => ended(await (await change()).defaultModel(shell(), id)));
}

function whole(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number of tokens.');
}
