import type { ServerBody } from '../data/types.ts';
import { readPairs, splitCommandLine } from './command-line.ts';

/** The form as it is typed. */
export interface ServerForm {
  readonly kind: 'stdio' | 'http';
  readonly name: string;
  readonly commandLine: string;
  readonly env: string;
  readonly url: string;
  readonly headers: string;
}

export const EMPTY_FORM: ServerForm = {
  kind: 'stdio',
  name: '',
  commandLine: '',
  env: '',
  url: '',
  headers: '',
};

export type FormErrors = Partial<Record<keyof ServerForm, string>>;

/** The body for the API, or what is wrong field by field. */
export function readServerForm(form: ServerForm): { body: ServerBody } | { errors: FormErrors } {
  const errors: { -readonly [K in keyof FormErrors]: FormErrors[K] } = {};
  const name = form.name.trim();
  if (name === '') errors.name = 'A name is needed; it is how its tools are called.';
  const pairs = form.kind === 'stdio' ? readPairs(form.env, '=') : readPairs(form.headers, ':');
  if (typeof pairs === 'number') {
    if (form.kind === 'stdio') errors.env = `Line ${pairs} is not of the form NAME=value.`;
    else errors.headers = `Line ${pairs} is not of the form Name: value.`;
  }
  const { command, args } = splitCommandLine(form.commandLine);
  if (form.kind === 'stdio' && command === '') errors.commandLine = 'The program to start is missing.';
  if (form.kind === 'http' && form.url.trim() === '') errors.url = 'The address is missing.';
  if (Object.keys(errors).length > 0 || typeof pairs === 'number') return { errors };
  const some = Object.keys(pairs).length > 0;
  return form.kind === 'stdio'
    ? { body: { name, command, args: [...args], ...(some ? { env: pairs } : {}) } }
    : { body: { name, type: 'http', url: form.url.trim(), ...(some ? { headers: pairs } : {}) } };
}

/** Puts the errors of the API to the fields of the form; what belongs to none is left over. */
export function placeErrors(
  fields: readonly { field: string; expected: string }[],
): FormErrors & { rest?: string } {
  const errors: { -readonly [K in keyof FormErrors]: FormErrors[K] } = {};
  const rest: string[] = [];
  for (const { field, expected } of fields) {
    const words = `Expected ${expected}`;
    const first = field.split(/[.[]/)[0];
    if (first === 'name' || first === 'url' || first === 'env' || first === 'headers') errors[first] = words;
    else if (first === 'command' || first === 'args') errors.commandLine = words;
    else rest.push(`${field}: expected ${expected}`);
  }
  return rest.length === 0 ? errors : { ...errors, rest: rest.join('; ') };
}
