import { splitWords } from './split-words.ts';

/** Where the task goes in a command template. */
export const PROMPT = 'PROMPT';

/**
 * Reads a command template such as `my-agent --message=PROMPT`. PROMPT stands in it once, as a word of its own or
 * within one, and not as the program.
 * @throws {Error} saying what was expected
 */
export function parseTemplate(text: string): string[] {
  const words = splitWords(text);
  if (words.length === 0) throw new Error('expected a command, not an empty text');
  if (words[0]!.includes(PROMPT)) throw new Error('PROMPT cannot be the program');
  const count = words.join(' ').split(PROMPT).length - 1;
  if (count !== 1)
    throw new Error(`expected the word PROMPT once, where the task goes, and found it ${count} times`);
  return words;
}

/**
 * The command with the task in its place, as one argument whatever it holds. A task that begins with `-` would be read
 * as an option where PROMPT is a word of its own, so it gets a blank before it there, unless `--` stands before.
 */
export function fillTemplate(words: readonly string[], task: string): string[] {
  const at = words.findIndex((word) => word.includes(PROMPT));
  const looksLikeOption = task.startsWith('-') && words[at] === PROMPT && words[at - 1] !== '--';
  const text = looksLikeOption ? ` ${task}` : task;
  return words.map((word, index) => (index === at ? word.replace(PROMPT, () => text) : word));
}
