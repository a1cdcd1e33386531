import { AppError, type OtherWork } from '../../../base/errors.ts';
import type { Task } from '../../../task/task.ts';
import type { Answer } from '../client/ask.ts';
import type { Host } from '../client/find-host.ts';
import { requestCancel } from '../client/request-cancel.ts';
import { oneLine } from '../render/plain-text.ts';
import { confirm } from '../terminal/confirm.ts';
import type { Shell } from '../terminal/shell.ts';

/** New work may begin between the naming and the ending; this often it is named again. */
const ROUNDS = 5;

/**
 * Ends the processes of a task's server. What else that ends is named first: a person at a terminal is asked, a
 * script says so with `--also-ends-others`.
 * @returns undefined when the person keeps it
 * @throws {AppError} `would_end_others`, naming them
 */
export async function endByForce(
  shell: Shell,
  host: Host,
  id: string,
  alsoEndsOthers: boolean,
): Promise<Answer<Task> | undefined> {
  let others: readonly OtherWork[] = [];
  for (let round = 1; ; round += 1) {
    try {
      return await requestCancel(host, id, { force: true, alsoEnds: others.map((other) => other.id) });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'would_end_others' || round === ROUNDS) throw error;
      others = error.others;
      if (alsoEndsOthers) continue;
      if (shell.prompt === undefined)
        throw new AppError('would_end_others', `${error.detail} --also-ends-others ends them too.`, {
          others,
        });
      shell.stderr.write(`Its server also runs, and would end with it:\n${named(others)}`);
      if (!(await confirm(shell, `End all ${others.length + 1}?`, false))) return undefined;
    }
  }
}

const named = (others: readonly OtherWork[]): string =>
  others.map(({ id, title }) => `  ${oneLine(title)} (${oneLine(id)})\n`).join('');
