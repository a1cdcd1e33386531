import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { AwayCard } from '../away/away-card.tsx';
import { cancelTask } from '../data/cancel.ts';
import { errorWords } from '../data/client.ts';
import { records } from '../data/records.ts';
import { useMedia } from '../hooks/use-media.ts';
import { RestartCard } from '../host/restart-card.tsx';
import { isTyping } from '../shell/help-overlay.tsx';
import { canCancel } from '../task/view.ts';
import { Alert } from '../ui/alert.tsx';
import { cx } from '../ui/class-names.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { readTasksSearch, type TasksSearch, toFilter } from './search.ts';
import { TaskGrid } from './task-grid.tsx';
import { useTaskList } from './use-task-list.ts';

/** All tasks, those that need somebody first. The detail opens beside the list, or instead of it. */
export function TasksPage() {
  const navigate = useNavigate();
  const search = readTasksSearch(useSearch({ strict: false }));
  const { taskId } = useParams({ strict: false });
  const wide = useMedia('(min-width: 1180px)');
  const { q, status, server } = search;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filter is made of these three
  const filter = useMemo(() => toFilter(search), [q, status, server]);
  const { rows, pages } = useTaskList(filter);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [confirming, setConfirming] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useSlash(field);

  const openId = taskId;
  const open = useCallback(
    (id: string) =>
      void navigate({ to: '/tasks/$taskId', params: { taskId: id }, search: (old) => old as TasksSearch }),
    [navigate],
  );
  const toList = (next: TasksSearch = search): void => void navigate({ to: '/tasks', search: next });
  const select = useCallback((id: string) => {
    setSelected((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const cancel = (id: string): void => {
    if (selected.size > 0) {
      setConfirming(true);
      return;
    }
    const task = records.get('task', id);
    if (task !== undefined && canCancel(task)) void cancelTask(task);
    else if (task !== undefined) open(id);
  };
  const backOut = (): void => {
    if (selected.size > 0) setSelected(new Set());
    else if (openId !== undefined) toList();
  };
  const listShown = wide || openId === undefined;
  return (
    <div className="flex min-h-0 flex-1">
      {listShown && (
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="flex flex-col gap-3 px-4 pt-4 pb-3 sm:px-6 sm:pt-5">
            <h1 className="text-xl font-semibold tracking-tight">Tasks</h1>
            <RestartCard open />
            <AwayCard />
            <FilterBar
              search={search}
              field={field}
              onChange={(next) =>
                openId === undefined
                  ? void navigate({ to: '/tasks', search: next, replace: true })
                  : void navigate({
                      to: '/tasks/$taskId',
                      params: { taskId: openId },
                      search: next,
                      replace: true,
                    })
              }
            />
            {selected.size > 0 && (
              <BulkBar
                selected={selected}
                confirming={confirming}
                onConfirming={setConfirming}
                onClear={() => setSelected(new Set())}
              />
            )}
            {pages.isError && <Alert kind="bad">{errorWords(pages.error)}</Alert>}
          </header>
          {rows.length === 0 && !pages.isPending ? (
            <NoTasks filtered={Object.keys(search).length > 0} />
          ) : (
            <TaskGrid
              rows={rows}
              openId={openId}
              selected={selected}
              compact={openId !== undefined}
              complete={!pages.hasNextPage}
              onOpen={open}
              onSelect={select}
              onCancel={cancel}
              onEscape={backOut}
              onNearEnd={() => pages.hasNextPage && !pages.isFetching && void pages.fetchNextPage()}
            />
          )}
        </div>
      )}
      {openId !== undefined && (
        <div
          className={cx(
            'min-w-0',
            wide ? 'w-[min(34rem,44%)] shrink-0 border-l border-line bg-side' : 'flex-1',
          )}
        >
          <Outlet />
        </div>
      )}
    </div>
  );
}

function NoTasks({ filtered }: { readonly filtered: boolean }) {
  return (
    <div className="m-auto max-w-sm p-6 text-center">
      <h2 className="text-md font-semibold">{filtered ? 'No task fits' : 'Nothing has run yet'}</h2>
      <p className="mt-1 text-sm text-muted">
        {filtered
          ? 'Try fewer words, or another status.'
          : 'Long work appears here by itself: use a tool in a chat, and when it takes long it becomes a task.'}
      </p>
    </div>
  );
}

function useSlash(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== '/' || isTyping(event.target) || field.current === null) return;
      event.preventDefault();
      field.current.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [field]);
}
