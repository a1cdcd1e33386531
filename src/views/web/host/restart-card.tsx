import { useQuery } from '@tanstack/react-query';
import { ChevronRight, RotateCcw } from 'lucide-react';
import { useCallback, useState } from 'react';
import {
  RESTART_GROUPS,
  RESTART_WORDS,
  type RestartGroup,
  restartGroup,
} from '../../api/contract/restart-groups.ts';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { hostState } from '../data/host-state.ts';
import { records } from '../data/records.ts';
import { showToast } from '../data/toasts.ts';
import type { Restart } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { useObservable, useRecords } from '../hooks/use-record.ts';
import { TaskLine } from '../task/task-line.tsx';
import { formatMoment } from '../text/when.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/class-names.ts';

/** After a restart: what became of every task that was running, live, until somebody puts it away. */
export function RestartCard({ open = false }: { readonly open?: boolean }) {
  const { restart: id } = useObservable(hostState);
  const account = useQuery({
    queryKey: ['restart', id],
    queryFn: async () => {
      const restart = await api.restart();
      records.put('task', restart?.tasks.map(({ task }) => task) ?? [], 'answer');
      records.flush();
      return restart;
    },
    enabled: id !== null,
  });
  if (id === null || !account.data) return null;
  return <Card restart={account.data} startsOpen={open} />;
}

function Card({ restart, startsOpen }: { readonly restart: Restart; readonly startsOpen: boolean }) {
  const [open, setOpen] = useState(startsOpen);
  const now = useNow(false);
  const { how, stoppedAt, startedAt, restarts, more, calls } = restart;
  const groups = useGroups(restart);
  const dismiss = (): void => {
    api.restartSeen().then(
      () => hostState.set({ ...hostState.get(), restart: null }),
      (error) => showToast(errorWords(error), { kind: 'error' }),
    );
  };
  const counts = RESTART_GROUPS.flatMap((group) => {
    const count = groups.get(group)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${RESTART_WORDS[group]}`];
  });
  if (more > 0) counts.push(`${more} older`);
  if (calls > 0) counts.push(`${calls} ${calls === 1 ? 'short call' : 'short calls'} cut off`);
  return (
    <section aria-label="After the restart" className="rounded-xl border border-line bg-raised shadow-card">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2 p-3 sm:px-4">
        <RotateCcw className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="text-sm font-semibold">
            {how === 'killed' ? 'Meanwhile ended without being stopped' : 'Meanwhile was stopped'}
            {restarts > 1 && ` (${restarts} restarts since this was put away)`}
          </h2>
          <p className="text-xs text-muted">
            {how === 'killed'
              ? `It was killed or crashed. Last sign of work ${formatMoment(stoppedAt, now)}`
              : `Stopped ${formatMoment(stoppedAt, now)}`}
            , started again {formatMoment(startedAt, now)}.
          </p>
          <p className="mt-1 text-sm text-soft">{counts.join(', ')}.</p>
        </div>
        <div className="flex gap-1.5">
          {restart.tasks.length > 0 && (
            <Button variant="ghost" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
              <ChevronRight className={cx('size-3.5', open && 'rotate-90')} aria-hidden />
              {open ? 'Hide tasks' : 'Show tasks'}
            </Button>
          )}
          <Button size="sm" onClick={dismiss}>
            Dismiss
          </Button>
        </div>
      </div>
      {open && restart.tasks.length > 0 && (
        <div className="max-h-60 overflow-y-auto border-t border-line px-2 py-2 sm:px-3">
          {RESTART_GROUPS.map((group) => (
            <Group key={group} group={group} ids={groups.get(group) ?? []} />
          ))}
          {more > 0 && (
            <p className="px-2 py-1 text-xs text-muted">{more} older ones are in the list of tasks.</p>
          )}
        </div>
      )}
    </section>
  );
}

function Group({ group, ids }: { readonly group: RestartGroup; readonly ids: readonly string[] }) {
  if (ids.length === 0) return null;
  const words = RESTART_WORDS[group];
  return (
    <div className="mb-1">
      <h3 className="px-2 pt-1 text-xs font-medium text-muted">
        {words.charAt(0).toUpperCase() + words.slice(1)} <span className="tabular-nums">{ids.length}</span>
      </h3>
      <ul>
        {ids.map((id) => (
          <TaskLine key={id} id={id} />
        ))}
      </ul>
    </div>
  );
}

/** The tasks of the account by what has become of them now. */
function useGroups({ tasks }: Restart): ReadonlyMap<RestartGroup, string[]> {
  const derive = useCallback(
    () => tasks.map(({ task }) => restartGroup(records.get('task', task.id) ?? task)),
    [tasks],
  );
  const now = useRecords('task', derive);
  const groups = new Map<RestartGroup, string[]>();
  tasks.forEach(({ task }, at) => {
    const group = now[at] ?? restartGroup(task);
    groups.set(group, [...(groups.get(group) ?? []), task.id]);
  });
  return groups;
}
