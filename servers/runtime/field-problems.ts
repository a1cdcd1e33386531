import type * as z from 'zod';

/** What is wrong with arguments, one line for each field: `cwd: expected a path`. */
export function fieldProblems({ issues }: z.ZodError): string {
  return issues.map((issue) => `${fieldOf(issue)}: ${wordsOf(issue)}`).join('\n');
}

function fieldOf(issue: z.core.$ZodIssue): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? 'arguments' : text.replace(/^\./, '');
}

const wordsOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? 'there is no argument of this name' : issue.message;
