import { ArrowLeft, PanelRightClose } from 'lucide-react';
import { useCallback } from 'react';
import type { Task } from '../data/types.ts';
import { useRecord, useRecords } from '../hooks/use-record.ts';
import { splitTasks } from '../task/groups.ts';
import { TaskDetail } from '../task/task-detail.tsx';
import { Button } from '../ui/button.tsx';
import { PanelRow } from './panel-row.tsx';

interface TaskPanelProps {
  readonly sessionId: string | undefined;
  /** The task whose detail is open inside the panel. */
  readonly taskId: string | undefined;
  onOpen(taskId: string | undefined): void;
  onClose(): void;
}

/** The tasks of one chat: what goes on in order of creation, what ended below it, newest first. */
export function TaskPanel({ sessionId, taskId, onOpen, onClose }: TaskPanelProps) {
  const open = useRecord('task', taskId);
  const { active, ended } = useSessionTasks(sessionId);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line px-4">
        {taskId === undefined ? (
          <h2 className="flex-1 text-sm font-semibold">Tasks of this chat</h2>
        ) : (
          <Button variant="ghost" size="sm" className="-ml-2" onClick={() => onOpen(undefined)}>
            <ArrowLeft className="size-4" aria-hidden />
            All tasks of this chat
          </Button>
        )}
        {taskId === undefined && active.length > 0 && (
          <span className="rounded-md bg-accent-soft px-2 text-xs leading-5 font-medium text-accent-ink tabular-nums">
            {active.length} running
          </span>
        )}
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Hide the tasks"
          onClick={onClose}
          className="-mr-1.5 ml-auto"
        >
          <PanelRightClose className="size-4" aria-hidden />
        </Button>
      </header>
      {taskId !== undefined ? (
        <div className="min-h-0 flex-1 overflow-y-auto p-4">
          {open === undefined ? (
            <p className="text-sm text-muted">Reading…</p>
          ) : (
            <TaskDetail task={open} inChat />
          )}
        </div>
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto p-3">
          {active.length === 0 && (
            <p className="px-1 pt-1 pb-3 text-sm text-muted">
              Nothing is running. Long work in this chat appears here by itself.
            </p>
          )}
          <ul aria-label="Running" className="flex flex-col gap-2">
            {active.map((id) => (
              <PanelRow key={id} id={id} onOpen={onOpen} />
            ))}
          </ul>
          {ended.length > 0 && (
            <>
              <h3 className="px-3 pt-5 pb-1 text-xs font-medium text-muted">Ended</h3>
              <ul className="flex flex-col">
                {ended.map((id) => (
                  <PanelRow key={id} id={id} onOpen={onOpen} />
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </div>
  );
}

function useSessionTasks(sessionId: string | undefined): {
  active: readonly string[];
  ended: readonly string[];
} {
  const split = (all: readonly Task[]) => splitTasks(all.filter((task) => task.sessionId === sessionId));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `split` depends on the session alone
  const active = useCallback((all: readonly Task[]) => split(all).active.map((task) => task.id), [sessionId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `split` depends on the session alone
  const ended = useCallback((all: readonly Task[]) => split(all).ended.map((task) => task.id), [sessionId]);
  return { active: useRecords('task', active), ended: useRecords('task', ended) };
}
