import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { errorWords } from '../../data/client.ts';
import type { Assignment } from '../../data/types.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { restore } from '../assignment-actions.ts';
import { useAssignment } from '../use-assignment.ts';
import { AssignmentHead } from './assignment-head.tsx';
import { RunList } from './run-list.tsx';
import { RunningNow } from './running-now.tsx';
import { useUsual } from './use-runs.ts';

/** One assignment with its runs. */
export function AssignmentPage() {
  const { assignmentId = '' } = useParams({ strict: false });
  const { run } = useSearch({ strict: false }) as { run?: string };
  const { assignment, removed, error } = useAssignment(assignmentId);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="flex h-12 items-center border-b border-line px-3">
        <Link to="/assignments" className={buttonClass('ghost', 'sm')}>
          <ArrowLeft className="size-4" aria-hidden />
          All assignments
        </Link>
      </div>
      {assignment !== undefined ? (
        <Body assignment={assignment} namedRun={run} />
      ) : removed !== undefined ? (
        <Removed assignment={removed} />
      ) : (
        <p className="p-6 text-sm text-muted">{error === undefined ? 'Reading…' : errorWords(error)}</p>
      )}
    </div>
  );
}

function Body({
  assignment,
  namedRun,
}: {
  readonly assignment: Assignment;
  readonly namedRun: string | undefined;
}) {
  const usual = useUsual(assignment);
  return (
    <article
      aria-label={assignment.title}
      className="mx-auto flex w-full max-w-4xl flex-col gap-6 p-4 sm:p-6"
    >
      <AssignmentHead assignment={assignment} usual={usual} />
      <RunningNow assignmentId={assignment.id} />
      <section aria-labelledby="runs" className="flex flex-col gap-2">
        <h2 id="runs" className="text-xs font-semibold tracking-wide text-muted uppercase">
          Runs
        </h2>
        <RunList assignment={assignment} usual={usual} namedRun={namedRun} />
      </section>
    </article>
  );
}

function Removed({ assignment }: { readonly assignment: Assignment }) {
  const { title } = assignment;
  const wasTried = title.startsWith('Try: ');
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-3 px-6 py-20 text-center">
      <h1 className="text-lg font-semibold break-words">{title}</h1>
      <p className="text-sm text-muted">
        {wasTried ? 'It was tried out, and not saved.' : 'This assignment was deleted.'}
      </p>
      {!wasTried && <Button onClick={() => void restore(assignment)}>Take it back</Button>}
    </div>
  );
}
