import { errorWords } from '../../data/client.ts';
import type { Assignment } from '../../data/types.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { RunRow } from './run-row.tsx';
import { useRuns } from './use-runs.ts';
import type { Usual } from './usual.ts';

interface RunListProps {
  readonly assignment: Assignment;
  readonly usual: Usual | undefined;
  readonly namedRun: string | undefined;
}

/** What became of it so far, page by page. */
export function RunList({ assignment, usual, namedRun }: RunListProps) {
  const { ids, pages } = useRuns(assignment.id);
  if (pages.isError) return <Alert kind="bad">{errorWords(pages.error)}</Alert>;
  if (ids.length === 0)
    return (
      <p className="rounded-xl border border-dashed border-line-strong px-4 py-6 text-center text-sm text-muted">
        {pages.isPending ? 'Reading…' : 'It has not run yet. Run now fires it once, whatever its time.'}
      </p>
    );
  return (
    <>
      <ul
        aria-label="Runs"
        className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-raised shadow-card"
      >
        {ids.map((id) => (
          <RunRow key={id} id={id} assignment={assignment} usual={usual} named={id === namedRun} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          variant="ghost"
          size="sm"
          className="self-center"
          disabled={pages.isFetching}
          onClick={() => void pages.fetchNextPage()}
        >
          {pages.isFetchingNextPage ? 'Reading…' : 'Earlier runs'}
        </Button>
      )}
    </>
  );
}
