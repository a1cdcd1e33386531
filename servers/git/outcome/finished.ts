import type { Outcome } from '../../runtime/tool.ts';
import type { Check } from './result-fields.ts';

/** A check that two object ids, names or counts are the same. */
export function same(what: string, expected: string | undefined, found: string | undefined): Check {
  const words = { expected: expected ?? 'nothing', found: found ?? 'nothing' };
  return { what, ok: expected === found, ...words };
}

/**
 * The outcome of work that git has finished: it succeeded when it was checked and nothing differs.
 * @param summary one line without its end, such as `Pushed main to origin`
 */
export function finished<Data extends object>(
  summary: string,
  checks: Check[],
  data: Data,
  notes: readonly string[] = [],
): Outcome<Data & { verified: boolean; checks: Check[] }> {
  const verified = checks.every(({ ok }) => ok);
  const first = verified ? `${summary}; verified.` : `${summary}, but NOT as it should be:`;
  const lines = checks.map((check) => (check.ok ? `ok: ${check.what}` : difference(check)));
  return {
    text: [first, ...(verified ? lines : lines.filter((line) => !line.startsWith('ok: '))), ...notes].join(
      '\n',
    ),
    data: { ...data, verified, checks },
    isError: !verified,
  };
}

const difference = ({ what, expected, found }: Check): string =>
  `differs: ${what}: expected ${expected ?? 'it'}, found ${found ?? 'something else'}`;
