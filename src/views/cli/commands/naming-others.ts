import { AppError, type OtherWork } from '../../../base/errors.ts';
import { oneLine } from '../render/plain-text.ts';
import { confirm } from '../terminal/confirm.ts';
import type { Shell } from '../terminal/shell.ts';

/** New work may begin between the naming and the ending; this often it is named again. */
const ROUNDS = 5;

/**
 * Does what may end other work. That is named first: a person at a terminal is asked, a script says so with
 * `--also-ends-others`.
 * @param send is given the ids of the work that has been named
 * @returns undefined when the person keeps it
 * @throws {AppError} `would_end_others`, naming it
 */
export async function namingOthers<T>(
  shell: Shell,
  parts: {
    readonly alsoEndsOthers: boolean;
    /** What stands over the names. */
    readonly heading: string;
    readonly question: (others: number) => string;
    send(alsoEnds: readonly string[]): Promise<T>;
  },
): Promise<T | undefined> {
  let others: readonly OtherWork[] = [];
  for (let round = 1; ; round += 1) {
    try {
      return await parts.send(others.map((other) => other.id));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'would_end_others' || round === ROUNDS) throw error;
      others = error.others;
      if (parts.alsoEndsOthers) continue;
      if (shell.prompt === undefined)
        throw new AppError('would_end_others', `${error.detail} --also-ends-others ends them too.`, {
          others,
        });
      shell.stderr.write(`${parts.heading}\n${named(others)}`);
      if (!(await confirm(shell, parts.question(others.length), false))) return undefined;
    }
  }
}

const named = (others: readonly OtherWork[]): string =>
  others.map(({ id, title }) => `  ${oneLine(title)} (${oneLine(id)})\n`).join('');
