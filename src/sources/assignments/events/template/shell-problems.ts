import type { Work } from '../../../../assignment/assignment.ts';
import type { FieldError } from '../../../../base/errors.ts';
import { hasPlaceholders, readTemplate } from './read-template.ts';
import { ShellText } from './shell-text.ts';

/**
 * Command lines in which placeholders stand where no value could be filled in safely; known before any value is.
 * @param shellFields arguments of a tool that are command lines, as far as they are known now
 */
export function shellProblems(
  work: Work,
  shellFields: (server: string, tool: string) => readonly string[],
): readonly FieldError[] {
  if (work.type !== 'calls') return [];
  return work.calls.flatMap(({ server, tool, arguments: args }, at) =>
    shellFields(server, tool).flatMap((name) => {
      const problem = problemOf(args[name]);
      return problem === undefined
        ? []
        : [{ field: `work.calls.${at}.arguments.${name}`, expected: problem }];
    }),
  );
}

function problemOf(line: unknown): string | undefined {
  if (typeof line !== 'string' || !hasPlaceholders(line)) return undefined;
  const read = readTemplate(line);
  if (!read.ok) return undefined; // told as any broken placeholder is
  const text = new ShellText();
  for (const piece of read.pieces) {
    if ('text' in piece) text.literal(piece.text);
    else text.value('x');
  }
  return 'problem' in text.result ? text.result.problem : undefined;
}
