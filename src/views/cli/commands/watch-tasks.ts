import type { Task } from '../../../task/task.ts';
import { findHost } from '../client/find-host.ts';
import { type FeedItem, followEvents } from '../client/follow-events.ts';
import { loadBoard } from '../client/load-board.ts';
import { fitsFilter, type TaskFilter } from '../client/task-filter.ts';
import { EXIT } from '../exit-status.ts';
import type { Shell } from '../terminal/shell.ts';
import { type WatchView, watchView } from '../terminal/watch-view.ts';
import type { TasksOptions } from './tasks.ts';

/** How many ended tasks stay in sight. */
const ENDED_SHOWN = 5;

/** Shows the tasks live until interrupted. */
export async function watchTasks(shell: Shell, options: TasksOptions): Promise<number> {
  const { json = false, statuses, session, server, words } = options;
  const filter = { statuses, session, server, words } as TaskFilter;
  const find = () => findHost(shell.env);
  const load = async () => loadBoard(await find(), filter, ENDED_SHOWN);
  const first = await load();
  const stop = new AbortController();
  const undo = shell.onInterrupt(() => stop.abort());
  const view = watchView(shell, filter, json);
  try {
    view.start(first.tasks);
    const feed = followEvents({ find, after: first.seq, session, signal: stop.signal });
    for await (const item of feed) {
      if (item.kind !== 'event') view.connection(item.kind);
      else if (item.type === 'resync') view.start((await load()).tasks);
      else showTask(item, filter, view);
    }
  } finally {
    view.close();
    undo();
  }
  return EXIT.interrupted;
}

function showTask(item: FeedItem & { kind: 'event' }, filter: TaskFilter, view: WatchView): void {
  if (item.type !== 'task') return;
  const task = JSON.parse(item.data) as Task;
  if (fitsFilter(task, filter)) view.changed(task, item.data);
  else view.gone(task.id);
}
