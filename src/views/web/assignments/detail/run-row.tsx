import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { memo, useEffect, useId, useRef, useState } from 'react';
import type { Assignment, Run } from '../../data/types.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useRecord } from '../../hooks/use-record.ts';
import { plainText } from '../../text/plain.ts';
import { formatZoned, formatZonedFully } from '../../text/zoned.ts';
import { cx } from '../../ui/class-names.ts';
import { RUN_WORDS, RunIcon, runText } from '../run-look.tsx';
import { DurationBar } from './duration-bar.tsx';
import { RunSteps } from './run-steps.tsx';
import { beginWords, causeWords, runMs, runTime } from './run-words.ts';
import type { Usual } from './usual.ts';

interface RunRowProps {
  readonly id: string;
  readonly assignment: Pick<Assignment, 'timeZone' | 'sessionId'>;
  readonly usual: Usual | undefined;
  /** The address names it: it is open from the beginning, and in view. */
  readonly named: boolean;
}

/** One run: when it was due, how long it took, how it ended; its steps unfold. */
export const RunRow = memo(function RunRow({ id, assignment, usual, named }: RunRowProps) {
  const run = useRecord('run', id);
  const goesOn = run?.state === 'running' || run?.state === 'waiting';
  const now = useNow(goesOn);
  const [open, setOpen] = useState(named);
  const body = useId();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!named) return;
    setOpen(true);
    row.current?.scrollIntoView({ block: 'center' });
  }, [named]);
  if (run === undefined) return null;
  const { timeZone } = assignment;
  const ms = runMs(run, now);
  const begun = [causeWords(run), beginWords(run, timeZone, now)].filter((words) => words !== '').join(' · ');
  return (
    <li ref={row} className={cx(named && 'bg-accent-soft/50')}>
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 px-3 py-2.5 sm:grid-cols-[auto_11rem_9rem_minmax(0,1fr)_auto] sm:px-4">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={body}
          aria-label={`Steps of the run of ${formatZoned(runTime(run), timeZone, now)}`}
          onClick={() => setOpen(!open)}
          className="grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink pointer-coarse:size-10"
        >
          <ChevronRight className={cx('size-3.5 transition-transform', open && 'rotate-90')} aria-hidden />
        </button>
        <div className="min-w-0 text-sm">
          <time
            dateTime={runTime(run)}
            title={formatZonedFully(runTime(run), timeZone)}
            className="tabular-nums"
          >
            {formatZoned(runTime(run), timeZone, now)}
          </time>
          {begun !== '' && <p className="truncate text-xs text-muted">{begun}</p>}
        </div>
        <div className="max-sm:col-span-2 max-sm:col-start-2 max-sm:row-start-3">
          <DurationBar ms={ms} usual={usual} state={run.state} />
        </div>
        <div className="min-w-0 text-sm max-sm:col-span-2 max-sm:col-start-2 max-sm:row-start-2">
          <p className={cx('flex items-center gap-1.5 font-medium', runText(run.state))}>
            <RunIcon state={run.state} className="scale-90" />
            {RUN_WORDS[run.state]}
          </p>
          {run.note !== undefined && (
            <p className="line-clamp-2 text-xs break-words text-muted" title={run.note}>
              {plainText(run.note)}
            </p>
          )}
        </div>
        <RunLinks run={run} sessionId={assignment.sessionId} />
      </div>
      <div id={body} hidden={!open} className="px-3 pb-3 pl-6 sm:pr-4 sm:pl-14">
        {open && <RunSteps run={run} />}
      </div>
    </li>
  );
});

const LINK = 'font-medium text-accent-ink hover:underline pointer-coarse:py-2';

function RunLinks({ run, sessionId }: { readonly run: Run; readonly sessionId: string }) {
  if (run.taskId === undefined) return <span />;
  return (
    <span className="flex gap-3 text-xs max-sm:col-start-3 max-sm:row-start-1">
      <Link to="/tasks/$taskId" params={{ taskId: run.taskId }} className={LINK}>
        Task
      </Link>
      <Link to="/chat/$sessionId" params={{ sessionId }} search={{ task: run.taskId }} className={LINK}>
        Chat
      </Link>
    </span>
  );
}
