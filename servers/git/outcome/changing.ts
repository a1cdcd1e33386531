import type { Outcome } from '../../runtime/tool.ts';
import type { Repository } from '../repository/open-repository.ts';
import type { GitSession } from '../run/session.ts';
import { clearTraces, describeCleared } from '../traces/clear-traces.ts';
import { listTraces } from '../traces/list-traces.ts';
import { refuseLocked } from '../traces/refuse-locked.ts';
import type { ChangeData } from './result-fields.ts';

/**
 * Does what changes a repository: alone, not while somebody holds a lock, and without leaving one behind. What had to
 * be cleared away is added to the outcome.
 * @param what the name of the work, for others who are refused meanwhile
 * @param index whether it writes the index
 */
export async function changing<Data extends ChangeData>(
  session: GitSession,
  repository: Repository,
  { what, index }: { what: string; index: boolean },
  work: () => Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  return session.context.exclusive.run(repository.commonDir, what, 'repository', async () => {
    await refuseLocked(repository, index, session.work.signal);
    const before = listTraces(repository);
    try {
      const outcome = await work();
      return outcome.isError
        ? withCleared(outcome, describeCleared(clearTraces(repository, before)))
        : outcome;
    } catch (error) {
      session.remains = joined(session.remains, describeCleared(clearTraces(repository, before)));
      throw error;
    }
  });
}

function withCleared<Data extends ChangeData>(outcome: Outcome<Data>, cleared: string): Outcome<Data> {
  if (cleared === '') return outcome;
  const { failure } = outcome.data;
  return {
    ...outcome,
    text: `${outcome.text}\n${cleared}`,
    data: failure
      ? { ...outcome.data, failure: { ...failure, remains: joined(failure.remains, cleared) } }
      : outcome.data,
    ...(outcome.stop && { stop: { ...outcome.stop, remains: joined(outcome.stop.remains, cleared) } }),
  };
}

const joined = (...sentences: (string | undefined)[]): string =>
  sentences.filter((sentence) => sentence !== undefined && sentence !== '').join(' ');
