import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { ResultCard } from '../../chat/result-card.tsx';
import { api } from '../../data/api.ts';
import { records } from '../../data/records.ts';
import { useRecord } from '../../hooks/use-record.ts';
import { PanelRow } from '../../panel/panel-row.tsx';
import { ChildTasks } from '../../task/child-tasks.tsx';
import { isActive } from '../../task/view.ts';

/** The one run of *Try now*: its live row, and then how it ended, in place. */
export function TriedRun({ taskId }: { readonly taskId: string }) {
  const navigate = useNavigate();
  const task = useRecord('task', taskId);
  const box = useRef<HTMLElement>(null);
  const isOver = task !== undefined && !isActive(task);
  // biome-ignore lint/correctness/useExhaustiveDependencies: into view when it begins, and once its outcome is there
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [taskId, isOver]);
  const open = useCallback(
    (id: string) => void navigate({ to: '/tasks/$taskId', params: { taskId: id } }),
    [navigate],
  );
  useEffect(() => {
    if (records.get('task', taskId) === undefined)
      void api.task(taskId).then(
        (found) => records.put('task', [found], 'answer'),
        () => undefined, // the feed brings it
      );
  }, [taskId]);
  return (
    <section
      ref={box}
      aria-label="The run that was tried"
      aria-live="polite"
      className="flex scroll-mb-6 flex-col gap-2"
    >
      <h2 className="text-xs font-semibold tracking-wide text-muted uppercase">Tried now, not saved</h2>
      {task === undefined ? (
        <p className="text-sm text-muted">It begins…</p>
      ) : isActive(task) ? (
        <ul>
          <PanelRow id={taskId} onOpen={open} />
        </ul>
      ) : (
        <ResultCard task={task} onOpenTask={open} />
      )}
      {task !== undefined && <ChildTasks task={task} heading="h3" />}
    </section>
  );
}
