import { Link } from '@tanstack/react-router';
import { memo, useState } from 'react';
import { triggerWords } from '../../../../assignment/trigger-words.ts';
import type { Assignment } from '../../data/types.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useRecord } from '../../hooks/use-record.ts';
import { formatDistance, formatZonedFully } from '../../text/zoned.ts';
import { cx } from '../../ui/class-names.ts';
import { Switch } from '../../ui/switch.tsx';
import { setFiring } from '../assignment-actions.ts';
import { AssignmentMenu } from '../assignment-menu.tsx';
import { NextRun } from '../next-run.tsx';
import { RUN_WORDS, RunIcon } from '../run-look.tsx';
import { RunStrip } from '../run-strip.tsx';
import { StateWord } from '../state-word.tsx';
import { workWords } from '../work-words.ts';

/** One line of the list, a card on phones. It renders again when its own assignment changes. */
export const AssignmentRow = memo(function AssignmentRow({ id }: { readonly id: string }) {
  const assignment = useRecord('assignment', id);
  const now = useNow(true);
  if (assignment === undefined) return null;
  const { title, state, stateNote } = assignment;
  return (
    <li
      className={cx(
        'relative grid items-center gap-x-5 gap-y-2 px-4 py-3 hover:bg-hover/60 sm:px-5',
        'grid-cols-[minmax(0,1fr)_auto] lg:grid-cols-[minmax(0,1fr)_8.5rem_8.5rem_14.5rem_auto]',
      )}
    >
      <div className="min-w-0">
        <div className="flex min-w-0 items-center gap-2">
          <Link
            to="/assignments/$assignmentId"
            params={{ assignmentId: id }}
            title={title}
            className="truncate text-sm font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {title}
          </Link>
          {state !== 'on' && <StateWord state={state} />}
        </div>
        <p className="text-xs text-soft">{triggerWords(assignment.trigger)}</p>
        <p className="truncate text-xs text-muted">
          {state === 'disabled' && stateNote !== undefined ? (
            <span className="text-bad">{stateNote}</span>
          ) : (
            workWords(assignment.work)
          )}
        </p>
      </div>
      <div
        className={cx(
          'col-span-2 text-xs lg:col-span-1',
          state !== 'on' && 'max-lg:hidden', // its state stands beside the title
        )}
      >
        <span className="text-muted lg:sr-only">Next: </span>
        <NextRun assignment={assignment} now={now} />
      </div>
      <div className="col-span-2 text-xs max-lg:empty:hidden lg:col-span-1">
        <LastRun assignment={assignment} now={now} />
      </div>
      <div className="col-span-2 lg:col-span-1 lg:justify-self-end">
        <RunStrip assignment={assignment} now={now} />
      </div>
      <div className="col-start-2 row-start-1 flex items-center gap-2 self-start lg:col-start-auto lg:row-start-auto lg:self-center">
        <FiringSwitch assignment={assignment} />
        <AssignmentMenu assignment={assignment} />
      </div>
    </li>
  );
});

function LastRun({ assignment, now }: { readonly assignment: Assignment; readonly now: number }) {
  const { lastRun, timeZone } = assignment;
  if (lastRun === undefined) return null;
  return (
    <span className="flex items-center gap-1.5" title={formatZonedFully(lastRun.at, timeZone)}>
      <RunIcon state={lastRun.state} className="scale-90" />
      <span className="min-w-0">
        <span className="text-ink">
          <span className="sr-only">Last run: </span>
          {RUN_WORDS[lastRun.state]}
        </span>{' '}
        <span className="whitespace-nowrap text-muted tabular-nums">{formatDistance(lastRun.at, now)}</span>
      </span>
    </span>
  );
}

function FiringSwitch({ assignment }: { readonly assignment: Assignment }) {
  const [busy, setBusy] = useState(false);
  return (
    <span className="relative z-10 flex">
      <Switch
        label={`${assignment.title} on`}
        checked={assignment.state === 'on'}
        disabled={busy || assignment.state === 'done'}
        onCheckedChange={(fires) => {
          setBusy(true);
          void setFiring(assignment, fires).finally(() => setBusy(false));
        }}
      />
    </span>
  );
}
