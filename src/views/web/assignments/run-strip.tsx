import { Link } from '@tanstack/react-router';
import { Ban, Check, CircleDot, Clock, type LucideIcon, SkipForward, X } from 'lucide-react';
import type { Assignment, RunGlance, RunState } from '../data/types.ts';
import { formatDuration } from '../text/duration.ts';
import { formatZoned } from '../text/zoned.ts';
import { cx } from '../ui/class-names.ts';
import { RUN_WORDS, runGround, runText } from './run-look.tsx';

const SHAPES: Readonly<Record<Exclude<RunState, 'lost'>, LucideIcon>> = {
  waiting: Clock,
  running: CircleDot,
  completed: Check,
  failed: X,
  cancelled: Ban,
  skipped: SkipForward,
};

interface RunStripProps {
  readonly assignment: Assignment;
  readonly now: number;
}

/** The newest runs, the last at the right: colour and shape are the outcome, and each leads to its run. */
export function RunStrip({ assignment, now }: RunStripProps) {
  if (assignment.strip.length === 0) return <p className="text-xs text-muted">No runs yet</p>;
  return (
    <ol aria-label="Last runs" className="flex items-center gap-0.5">
      {[...assignment.strip].reverse().map((run) => (
        <li key={run.runId}>
          <Mark run={run} assignment={assignment} now={now} />
        </li>
      ))}
    </ol>
  );
}

function Mark({ run, assignment, now }: RunStripProps & { readonly run: RunGlance }) {
  const words = glanceWords(run, assignment.timeZone, now);
  const Shape = run.state === 'lost' ? undefined : SHAPES[run.state];
  return (
    <Link
      to="/assignments/$assignmentId"
      params={{ assignmentId: assignment.id }}
      search={{ run: run.runId }}
      aria-label={words}
      title={words}
      className={cx(
        'relative z-10 grid size-4.5 place-items-center rounded-[0.3rem] hover:brightness-90 dark:hover:brightness-150',
        runGround(run.state),
        runText(run.state),
        run.state === 'running' && 'motion-safe:animate-pulse',
      )}
    >
      {Shape === undefined ? (
        <span aria-hidden className="text-2xs leading-none font-bold">
          ?
        </span>
      ) : (
        <Shape className="size-3" strokeWidth={2.75} aria-hidden />
      )}
    </Link>
  );
}

/** `Completed, today 9:00, took 3.2 s`. */
export function glanceWords(run: RunGlance, timeZone: string, now: number): string {
  const took = run.durationMs === undefined ? '' : `, took ${formatDuration(run.durationMs)}`;
  return `${RUN_WORDS[run.state]}, ${formatZoned(run.at, timeZone, now)}${took}`;
}
