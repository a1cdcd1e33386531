import type { Run } from '../../../assignment/run.ts';
import type { Store, Unnumbered } from '../../../store/ports.ts';
import type { StepOutcome } from '../../assignment-directory.ts';
import { hasPlaceholders } from '../events/template/read-template.ts';

const SCOPE = 'step-results';
const MOST_CHARS = 1024 * 1024;

/**
 * Whole results of the calls of a run, for as long as later steps may name them: a call that became no task has its
 * result nowhere else, and after a crash or a failed try the run goes on after its last finished step.
 */
export function keptResults(notes: Store['notes'], { id, steps }: Pick<Unnumbered<Run>, 'id' | 'steps'>) {
  const keyOf = (at: number) => `${id}.${at}`;
  const isNamedLater = (at: number) =>
    steps.some(({ call }, later) => later > at && hasPlaceholders(JSON.stringify(call.arguments)));
  const kept = steps.flatMap((_, at) => (isNamedLater(at) ? [at] : []));

  return {
    /** Before the end of the step is kept, so that whoever finds the end finds the result. */
    async keep(at: number, { state, content, taskId }: StepOutcome): Promise<void> {
      if (state !== 'completed' || content === undefined || taskId !== undefined) return;
      if (kept.includes(at) && content.length <= MOST_CHARS) await notes.put(SCOPE, keyOf(at), content);
    },
    async of(at: number): Promise<Pick<StepOutcome, 'content'>> {
      const content = kept.includes(at) ? await notes.get(SCOPE, keyOf(at)) : undefined;
      return typeof content === 'string' ? { content } : {};
    },
    async forget(): Promise<void> {
      await Promise.all(kept.map((at) => notes.remove(SCOPE, keyOf(at))));
    },
  };
}
