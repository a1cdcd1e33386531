import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, X } from 'lucide-react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { records } from '../data/records.ts';
import { useMedia } from '../hooks/use-media.ts';
import { useRecord } from '../hooks/use-record.ts';
import { TaskDetail } from '../task/task-detail.tsx';
import { buttonClass } from '../ui/button.tsx';

/** One task: beside the list where there is room, a page of its own elsewhere. */
export function TaskPage() {
  const { taskId } = useParams({ strict: false });
  const task = useRecord('task', taskId);
  const wide = useMedia('(min-width: 1180px)');
  const fetched = useQuery({
    queryKey: ['task', taskId],
    queryFn: async () => {
      records.put('task', [await api.task(taskId as string)], 'answer');
      return true;
    },
    enabled: taskId !== undefined && task === undefined,
    retry: false,
  });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-12 shrink-0 items-center border-b border-line px-3">
        <Link to="/tasks" search={(old) => old} className={buttonClass('ghost', 'sm')}>
          {wide ? <X className="size-4" aria-hidden /> : <ArrowLeft className="size-4" aria-hidden />}
          {wide ? 'Close' : 'All tasks'}
        </Link>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-3xl p-4 sm:p-6">
          {task !== undefined ? (
            <TaskDetail key={task.id} task={task} alone={!wide} />
          ) : (
            <p className="text-sm text-muted">{fetched.isError ? errorWords(fetched.error) : 'Reading…'}</p>
          )}
        </div>
      </div>
    </div>
  );
}
