import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { errorWords } from '../../data/client.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { AssignmentFilter } from './assignment-filter.tsx';
import { AssignmentRow } from './assignment-row.tsx';
import { NoAssignments } from './no-assignments.tsx';
import { type AssignmentsSearch, readAssignmentsSearch } from './search.ts';
import { useAssignmentList } from './use-assignment-list.ts';

/** All that is to be done later, with what became of it so far. */
export function AssignmentsPage() {
  const navigate = useNavigate();
  const search = readAssignmentsSearch(useSearch({ strict: false }));
  const { ids, pages } = useAssignmentList(search);
  const isFiltered = Object.keys(search).length > 0;
  const isEmpty = ids.length === 0 && pages.isSuccess && !pages.isFetching;
  const change = (next: AssignmentsSearch): void =>
    void navigate({ to: '/assignments', search: next, replace: true });
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <header className="flex flex-col gap-3 px-4 pt-4 pb-3 sm:px-6 sm:pt-5">
        <div className="flex items-center justify-between gap-4">
          <h1 className="text-xl font-semibold tracking-tight">Assignments</h1>
          <Link to="/assignments/new" className={buttonClass('primary')}>
            <Plus className="size-4" aria-hidden />
            <span>
              New<span className="max-sm:sr-only"> assignment</span>
            </span>
          </Link>
        </div>
        {!(isEmpty && !isFiltered) && <AssignmentFilter search={search} onChange={change} />}
        {pages.isError && <Alert kind="bad">{errorWords(pages.error)}</Alert>}
      </header>
      {isEmpty ? (
        isFiltered ? (
          <NothingFits onAll={() => change({})} />
        ) : (
          <NoAssignments />
        )
      ) : (
        <div className="px-4 pb-6 sm:px-6">
          <ul
            aria-label="Assignments"
            className="divide-y divide-line rounded-xl border border-line bg-raised shadow-card"
          >
            {ids.map((id) => (
              <AssignmentRow key={id} id={id} />
            ))}
          </ul>
          {pages.hasNextPage && (
            <Button
              variant="ghost"
              size="sm"
              className="mx-auto mt-4 flex"
              disabled={pages.isFetching}
              onClick={() => void pages.fetchNextPage()}
            >
              {pages.isFetchingNextPage ? 'Reading…' : 'Older assignments'}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function NothingFits({ onAll }: { onAll(): void }) {
  return (
    <div className="m-auto flex max-w-sm flex-col items-center gap-3 p-6 text-center">
      <h2 className="text-md font-semibold">No assignment fits</h2>
      <p className="text-sm text-muted">Try fewer words, or another state.</p>
      <Button size="sm" onClick={onAll}>
        Show all
      </Button>
    </div>
  );
}
