import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Task } from '../../data/types.ts';
import { useRecords } from '../../hooks/use-record.ts';
import { PanelRow } from '../../panel/panel-row.tsx';
import { isActive } from '../../task/view.ts';

/** The tasks of its runs that go on. */
export function RunningNow({ assignmentId }: { readonly assignmentId: string }) {
  const navigate = useNavigate();
  const ids = useRecords(
    'task',
    useCallback(
      (all: readonly Task[]) =>
        all.filter((task) => task.source.assignmentId === assignmentId && isActive(task)).map(({ id }) => id),
      [assignmentId],
    ),
  );
  const open = useCallback(
    (taskId: string) => void navigate({ to: '/tasks/$taskId', params: { taskId } }),
    [navigate],
  );
  if (ids.length === 0) return null;
  return (
    <ul aria-label="Running now" className="flex flex-col gap-2">
      {ids.map((id) => (
        <PanelRow key={id} id={id} onOpen={open} />
      ))}
    </ul>
  );
}
