import { Link } from '@tanstack/react-router';
import { useNow } from '../hooks/use-now.ts';
import { useRecord } from '../hooks/use-record.ts';
import { StatusIcon } from './status-icon.tsx';
import { isActive, LOOK_WORDS, lookOf } from './view.ts';

/** One task as it stands now, in one line of an account; leads to its page. */
export function TaskLine({ id }: { readonly id: string }) {
  const task = useRecord('task', id);
  const now = useNow(task !== undefined && isActive(task));
  if (task === undefined) return null;
  const look = lookOf(task, now);
  return (
    <li>
      <Link
        to="/tasks/$taskId"
        params={{ taskId: id }}
        className="flex items-center gap-2.5 rounded-md px-2 py-1 text-sm hover:bg-hover pointer-coarse:min-h-10"
      >
        <StatusIcon look={look} />
        <span className="min-w-0 flex-1 truncate">{task.title}</span>
        <span className="shrink-0 text-xs text-muted">{LOOK_WORDS[look]}</span>
      </Link>
    </li>
  );
}
