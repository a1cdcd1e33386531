import { readAddress } from '../../../base/elicitation/address.ts';
import { fieldsOf } from '../../../base/elicitation/fields-of.ts';
import type { Answer, Question, Task } from '../../../task/task.ts';
import type { Paint } from '../render/colour.ts';
import { addressLines, questionHead } from '../render/question-lines.ts';
import type { Prompt } from '../terminal/prompt.ts';
import { askField, LEFT, Refusal } from './ask-field.ts';

/** What a question is asked with. */
export interface Asking {
  readonly prompt: Prompt;
  readonly paint: Paint;
  /** Opens an address in the browser; false where it cannot. */
  open(link: string): Promise<boolean>;
}

const WAYS = '  Ctrl-D leaves it open, /decline says no, /put-away closes it without an answer.';

/**
 * Asks a person field by field.
 * @returns what is to be answered; undefined when the person leaves the question open
 */
export async function askQuestion(
  task: Task,
  question: Question,
  asking: Asking,
): Promise<Answer | undefined> {
  const { prompt, paint } = asking;
  prompt.say([...questionHead(task, question, paint), paint(WAYS, 'dim')].join('\n'));
  const { key } = question;
  if (question.mode === 'url') return askToOpen(question, asking);
  const fields = fieldsOf(question.schema);
  if (fields.length === 0) {
    const answer = await confirm(key, prompt, '  Agree? [y/N] ');
    return answer?.action === 'accept' ? { ...answer, content: {} } : answer;
  }
  const content: [string, unknown][] = [];
  for (const field of fields) {
    const value = await askField(field, prompt, paint);
    if (value === LEFT) return undefined;
    if (value instanceof Refusal) return { key, action: value.action };
    if (value !== undefined) content.push([field.name, value]);
  }
  // Not by assignment: a field may be called __proto__.
  return { key, action: 'accept', content: Object.fromEntries(content) };
}

async function askToOpen(question: Question, { prompt, open }: Asking): Promise<Answer | undefined> {
  prompt.say(addressLines(question).join('\n'));
  const address = readAddress(question.url);
  if (address !== undefined) {
    const line = await prompt.ask('  Open it in the browser? [y/N] ');
    const refused = Refusal.read(line);
    if (line === undefined) return undefined;
    if (refused !== undefined) return { key: question.key, action: refused.action };
    if (isYes(line) && !(await open(address.href)))
      prompt.say('  No browser could be opened. Copy the address.');
  }
  return confirm(question.key, prompt, '  Have you done it? [y/N] ');
}

/** Yes accepts; anything else leaves it open. */
async function confirm(key: string, prompt: Prompt, words: string): Promise<Answer | undefined> {
  const line = await prompt.ask(words);
  const refused = Refusal.read(line);
  if (refused !== undefined) return { key, action: refused.action };
  return line !== undefined && isYes(line) ? { key, action: 'accept' } : undefined;
}

const isYes = (line: string): boolean => /^y(es)?$/i.test(line.trim());
