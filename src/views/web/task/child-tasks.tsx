import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { api } from '../data/api.ts';
import { records } from '../data/records.ts';
import type { Task } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { useRecord, useRecords } from '../hooks/use-record.ts';
import { StatusIcon } from './status-icon.tsx';
import { TaskElapsed } from './task-facts.tsx';
import { isActive, LOOK_WORDS, lookOf } from './view.ts';

interface ChildTasksProps {
  readonly task: Task;
  readonly heading: 'h2' | 'h3';
}

/** The tasks that are parts of this one, in the order in which they began. Nothing where there are none. */
export function ChildTasks({ task, heading: Heading }: ChildTasksProps) {
  const { id, source } = task;
  useQuery({
    queryKey: ['child tasks', id],
    queryFn: async () => {
      records.put('task', (await api.childTasks(id)).tasks, 'answer');
      return true;
    },
    enabled: source.type === 'assignment',
  });
  const ids = useRecords(
    'task',
    useCallback(
      (all: readonly Task[]) =>
        all
          .filter(({ parentId }) => parentId === id)
          .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
          .map((child) => child.id),
      [id],
    ),
  );
  if (ids.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <Heading className="text-xs font-semibold tracking-wide text-muted uppercase">Its tasks</Heading>
      <ul
        aria-label="Tasks of this run"
        className="divide-y divide-line rounded-lg border border-line bg-raised"
      >
        {ids.map((child) => (
          <ChildRow key={child} id={child} />
        ))}
      </ul>
    </section>
  );
}

function ChildRow({ id }: { readonly id: string }) {
  const task = useRecord('task', id);
  const now = useNow(task !== undefined && isActive(task));
  if (task === undefined) return null;
  const look = lookOf(task, now);
  return (
    <li>
      <Link
        to="/tasks/$taskId"
        params={{ taskId: id }}
        className="flex items-center gap-2.5 px-3 py-2 text-sm hover:bg-hover"
      >
        <StatusIcon look={look} />
        <span className="sr-only">{LOOK_WORDS[look]}</span>
        <span className="min-w-0 flex-1 truncate font-medium">{task.title}</span>
        <span className="shrink-0 text-xs text-muted">
          <TaskElapsed task={task} />
        </span>
      </Link>
    </li>
  );
}
