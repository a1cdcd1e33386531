import { expectation } from '../../../base/elicitation/expectation.ts';
import type { ChoiceField, ChoicesField, Field, Option } from '../../../base/elicitation/field.ts';
import { fits } from '../../../base/elicitation/fits.ts';
import { readTyped, typedText } from '../../../base/elicitation/read-typed.ts';
import type { Answer } from '../../../task/task.ts';
import type { Paint } from '../render/colour.ts';
import { oneLine } from '../render/plain-text.ts';
import type { Prompt } from '../terminal/prompt.ts';

/** The person went away from the question. */
export const LEFT = Symbol('left');

/** The person said no to the whole question. */
export class Refusal {
  readonly action: Exclude<Answer['action'], 'accept'>;
  constructor(action: Refusal['action']) {
    this.action = action;
  }
  static read(line: string | undefined): Refusal | undefined {
    if (line?.trim() === '/decline') return new Refusal('decline');
    return line?.trim() === '/put-away' ? new Refusal('cancel') : undefined;
  }
}

/** Choices that are listed with a number each. */
const NUMBERED_MAX = 50;

/** Asks until what is typed fits. @returns the value; undefined for none */
export async function askField(field: Field, prompt: Prompt, paint: Paint): Promise<unknown> {
  if (field.description !== undefined) prompt.say(paint(`  ${oneLine(field.description)}`, 'dim'));
  const options = numberedOptions(field);
  if (options !== undefined)
    prompt.say(
      options.map(({ label }, at) => `  ${String(at + 1).padStart(3)}  ${oneLine(label)}`).join('\n'),
    );
  for (;;) {
    const line = await prompt.ask(promptOf(field));
    if (line === undefined) return LEFT;
    const refused = Refusal.read(line);
    if (refused !== undefined) return refused;
    if (line.trim() === '') {
      if (field.default !== undefined) return field.default;
      if (!field.required) return undefined;
    } else {
      const value = read(field, line, options);
      if (value !== undefined && fits(field, value)) return value;
    }
    prompt.say(paint(`  Expected ${oneLine(expectation(field))}.`, 'red'));
  }
}

function promptOf(field: Field): string {
  const suggested = field.default === undefined ? undefined : oneLine(typedText(field, field.default));
  const aside = [
    field.kind === 'boolean' ? 'yes/no' : '',
    field.kind === 'choices' ? 'several with commas' : '',
    field.required || suggested !== undefined ? '' : 'may be empty',
  ].filter((word) => word !== '');
  const words = aside.length === 0 ? '' : ` (${aside.join(', ')})`;
  return `  ${oneLine(field.label)}${words}${suggested === undefined ? '' : ` [${suggested}]`}: `;
}

/** Undefined where there are none, too many, or where numbers are what is chosen from. */
function numberedOptions(field: Field): readonly Option[] | undefined {
  if (field.kind !== 'choice' && field.kind !== 'choices') return undefined;
  const { options } = field as ChoiceField | ChoicesField;
  const numeric = options.some(({ value, label }) => /^\d+$/.test(String(value)) || /^\d+$/.test(label));
  return options.length > NUMBERED_MAX || numeric ? undefined : options;
}

function read(field: Field, line: string, options: readonly Option[] | undefined): unknown {
  const words = line.split(',').map((word) => word.trim());
  const chosen = options === undefined ? [] : words.map((word) => options[Number(word) - 1]?.value);
  if (chosen.length > 0 && !chosen.includes(undefined) && words.every((word) => /^\d+$/.test(word))) {
    if (field.kind === 'choices') return [...new Set(chosen)];
    if (chosen.length === 1) return chosen[0];
  }
  return readTyped(field, line);
}
