import { RE2JS } from 're2js';
import { Refusal } from '../../runtime/tool.ts';

/** Where the first match in a line begins; -1 when there is none. */
export type LineTest = (line: string) => number;

export interface LineQuery {
  readonly text: string | undefined;
  readonly pattern: string | undefined;
  readonly ignoreCase: boolean;
}

/**
 * A text is looked for as it is. A pattern is read by RE2, which takes time in proportion to the line whatever the
 * pattern is; so it has no references back and no looking around.
 * @throws {Refusal} naming `pattern`
 */
export function lineTest({ text, pattern, ignoreCase }: LineQuery): LineTest {
  if (pattern === undefined && !ignoreCase) return (line) => line.indexOf(text ?? '');
  const source = pattern ?? RE2JS.quote(text ?? '');
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    throw new Refusal(
      `pattern: expected a regular expression without references back and lookaround (RE2): ${(error as Error).message}`,
    );
  }
  return (line) => {
    if (!expression.test(line)) return -1;
    const matcher = expression.matcher(line);
    return matcher.find() ? matcher.start() : -1;
  };
}
