import type { Work } from '../../../assignment/assignment.ts';
import type { AssignmentDraft, Preview } from '../../../assignment/draft.ts';
import { AppError } from '../../../base/errors.ts';
import { parseTemplateArguments } from '../../../base/tool-arguments/parse-template.ts';
import type { AssignmentMade } from '../../api/contract/types.ts';
import { toolName } from '../arguments/tool-name.ts';
import { eventTrigger, WHEN_FORMS } from '../arguments/trigger-words.ts';
import { ask } from '../client/ask.ts';
import { findHost, type Host } from '../client/find-host.ts';
import { toolSchema } from '../client/tool-schema.ts';
import { EXIT } from '../exit-status.ts';
import { previewLines } from '../render/preview-lines.ts';
import { confirm } from '../terminal/confirm.ts';
import type { Shell } from '../terminal/shell.ts';
import { tellHook } from '../terminal/tell-hook.ts';
import { writeLines } from '../terminal/write-text.ts';

export interface AddAssignmentOptions {
  readonly at?: string;
  readonly when?: string;
  readonly where: readonly string[];
  readonly once?: boolean;
  readonly zone?: string;
  readonly title?: string;
  readonly session?: string;
  readonly text?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * Says what was understood, with the next times, and makes the assignment once that is confirmed: by a person at the
 * terminal, or beforehand with --yes.
 */
export async function addAssignment(
  shell: Shell,
  words: readonly string[],
  options: AddAssignmentOptions,
): Promise<number> {
  const trigger = triggerOf(options);
  const host = await findHost(shell.env);
  const { title, zone, session } = options;
  const draft: AssignmentDraft = {
    trigger,
    work: await workOf(host, words, options.text),
    ...(title !== undefined && { title }),
    ...(zone !== undefined && { timeZone: zone }),
    ...(session !== undefined && { sessionId: session }),
  };
  const { body: preview } = await ask<Preview>(host, '/api/assignments/preview', {
    method: 'POST',
    body: draft,
  });
  writeLines(shell.stderr, previewLines(draft, preview, shell.stderr.paint));
  if (!options.yes && shell.prompt === undefined) {
    shell.stderr.write('meanwhile: Nothing was made. Say --yes to make it.\n');
    return EXIT.usage;
  }
  if (!options.yes && !(await confirm(shell, 'Make it?', false))) {
    shell.stderr.write('Nothing was made.\n');
    return EXIT.interrupted;
  }
  const made = await ask<AssignmentMade>(host, '/api/assignments', { method: 'POST', body: draft });
  if (options.json) shell.stdout.write(`${made.text.trimEnd()}\n`);
  else tell(shell, made.body);
  return EXIT.ok;
}

function tell(shell: Shell, { assignment, hookUrl, hookSecret }: AssignmentMade): void {
  shell.stdout.write(`${assignment.id}\n`);
  if (hookUrl !== undefined) tellHook(shell, { hookUrl, hookSecret });
}

function triggerOf({ at, when, where, once = false }: AddAssignmentOptions): AssignmentDraft['trigger'] {
  if ((at === undefined) === (when === undefined))
    throw new AppError(
      'invalid_arguments',
      `Give either --at "every weekday at 9:00" or --when with ${WHEN_FORMS}.`,
    );
  if (when !== undefined) return { type: 'event', ...eventTrigger(when, where, once) };
  if (where.length > 0 || once)
    throw new AppError('invalid_arguments', `${once ? '--once' : '--where'} goes with --when.`);
  return { type: 'timer', text: at ?? '' };
}

async function workOf(host: Host, words: readonly string[], text: string | undefined): Promise<Work> {
  const [name, ...given] = words;
  if ((name === undefined) === (text === undefined))
    throw new AppError(
      'invalid_arguments',
      'Say what to do: either `-- server.tool key=value …` or --text T.',
    );
  if (name === undefined) return { type: 'text', text: text ?? '' };
  const [server, tool] = toolName(name);
  const args = parseTemplateArguments(given, await toolSchema(host, server, tool, given));
  return { type: 'calls', calls: [{ server, tool, arguments: args }] };
}
