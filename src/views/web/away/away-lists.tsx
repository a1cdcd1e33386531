import { Link } from '@tanstack/react-router';
import { CalendarClock } from 'lucide-react';
import type { Assignment, Session } from '../data/types.ts';
import { StatusIcon } from '../task/status-icon.tsx';
import { TaskLine } from '../task/task-line.tsx';
import { formatDistance, formatZonedFully } from '../text/zoned.ts';

const HEAD = 'px-2 pt-1 text-xs font-medium text-muted';
const LINE = 'flex items-center gap-2.5 rounded-md px-2 py-1 text-sm hover:bg-hover pointer-coarse:min-h-10';
const SHOWN = 8;

/** What is news of tasks, group by group. */
export function Tasks({ ids, title }: { readonly ids: readonly string[]; readonly title: string }) {
  if (ids.length === 0) return null;
  return (
    <div className="mb-1">
      <h3 className={HEAD}>
        {title} <span className="tabular-nums">{ids.length}</span>
      </h3>
      <ul>
        {ids.slice(0, SHOWN).map((id) => (
          <TaskLine key={id} id={id} />
        ))}
      </ul>
      {ids.length > SHOWN && (
        <Link to="/tasks" className="block px-2 py-1 text-xs text-accent-ink hover:underline">
          {ids.length - SHOWN} more on the Tasks page
        </Link>
      )}
    </div>
  );
}

export function Chats({ chats }: { readonly chats: readonly Session[] }) {
  if (chats.length === 0) return null;
  return (
    <div className="mb-1">
      <h3 className={HEAD}>
        The assistant asks you <span className="tabular-nums">{chats.length}</span>
      </h3>
      <ul>
        {chats.map(({ id, title }) => (
          <li key={id}>
            <Link to="/chat/$sessionId" params={{ sessionId: id }} className={LINE}>
              <StatusIcon look="needs" />
              <span className="min-w-0 flex-1 truncate">{title}</span>
              <span className="shrink-0 text-xs text-muted">Waits for your yes</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Plans({
  title,
  plans,
  now,
}: {
  readonly title: string;
  readonly plans: readonly Assignment[];
  readonly now: number;
}) {
  return (
    <div className="mb-1">
      <h3 className={HEAD}>{title}</h3>
      <ul>
        {plans.map(({ id, title: name, nextDueAt, timeZone }) => (
          <li key={id}>
            <Link to="/assignments/$assignmentId" params={{ assignmentId: id }} className={LINE}>
              <CalendarClock className="size-4 shrink-0 text-muted" aria-hidden />
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {nextDueAt !== undefined && (
                <time
                  dateTime={nextDueAt}
                  title={formatZonedFully(nextDueAt, timeZone)}
                  className="shrink-0 text-xs text-muted tabular-nums"
                >
                  {formatDistance(nextDueAt, now)}
                </time>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
