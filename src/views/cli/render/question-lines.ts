import { readAddress } from '../../../base/elicitation/address.ts';
import { expectation } from '../../../base/elicitation/expectation.ts';
import type { Field } from '../../../base/elicitation/field.ts';
import { fieldsOf } from '../../../base/elicitation/fields-of.ts';
import { typedText } from '../../../base/elicitation/read-typed.ts';
import type { Question, Task } from '../../../task/task.ts';
import type { Paint } from './colour.ts';
import { oneLine } from './plain-text.ts';
import { shortId } from './short-id.ts';

/** What `after` asks and `before` did not. */
export function newQuestions(before: Task | undefined, after: Task): readonly Question[] {
  const known = new Set(before?.input?.map(questionId));
  return (after.input ?? []).filter((question) => !known.has(questionId(question)));
}

/** Tells a question from one that is asked again under the same key. */
export const questionId = ({ key, askedAt }: Question): string => `${key} ${askedAt}`;

/** A question as it is shown: who asks, what, its fields, and how to answer it. */
export function questionLines(task: Task, question: Question, paint: Paint): string[] {
  return [
    ...questionHead(task, question, paint),
    ...(question.mode === 'url'
      ? addressLines(question)
      : fieldsOf(question.schema).map((field) => fieldLine(field, paint))),
    paint(`  Answer with: ${answerCommand(task, question)}`, 'dim'),
  ];
}

export function questionHead(task: Task, question: Question, paint: Paint): string[] {
  const server = oneLine(task.source.server ?? task.source.type);
  const shared =
    question.sharedBy !== undefined && question.sharedBy > 1
      ? [paint(`  ${server} does not say for which of its ${question.sharedBy} calls it asks.`, 'dim')]
      : [];
  return [`${paint(`? ${server} asks:`, 'yellow')} ${oneLine(question.message)}`, ...shared];
}

/** The host stands alone, so that it is read. */
export function addressLines(question: Question): string[] {
  const address = readAddress(question.url);
  if (address === undefined)
    return [`  It names an address that is neither http nor https: ${oneLine(question.url ?? 'none')}`];
  const doubt = {
    user: '  There is a name before the host. Addresses that pretend to be others are written so.',
    http: '  The address is not encrypted (http): others on the way can read what you enter.',
  } as const;
  return [
    `  Host:    ${address.host}`,
    `  Address: ${address.href}`,
    ...(address.doubtful === undefined ? [] : [doubt[address.doubtful]]),
  ];
}

function fieldLine(field: Field, paint: Paint): string {
  const suggested = typedText(field, field.default);
  const facts = [
    field.required ? 'required' : '',
    expectation(field),
    suggested === '' ? '' : `else ${suggested}`,
  ].filter((fact) => fact !== '');
  const about = [field.label === field.name ? '' : field.label, field.description ?? ''].filter(Boolean);
  return `  ${oneLine(field.name)} ${paint(`(${oneLine(facts.join('; '))})`, 'dim')} ${oneLine(about.join(': '))}`.trimEnd();
}

/** The command that answers this very question, with an example for each field that is required. */
export function answerCommand(task: Task, question: Question): string {
  const all = task.input ?? [];
  const at = all.findIndex(({ key }) => key === question.key);
  const which = all.length > 1 ? [/^[\w.-]+$/.test(question.key) ? question.key : String(at + 1)] : [];
  const fields = question.mode === 'form' ? fieldsOf(question.schema) : [];
  const named = fields.filter((field) => field.required).map((field) => `${oneLine(field.name)}=…`);
  const content = question.mode === 'url' ? ['--done'] : named.length > 0 ? named : ["'{}'"];
  return ['meanwhile answer', shortId(task.id), ...which, ...content].join(' ');
}
