import type { ServerView } from '../../src/store/records.ts';
import type { Task } from '../../src/task/task.ts';
import { readEvents } from '../support/event-reader.ts';
import { type Api, type AtEnd, apiClient } from '../support/test-host.ts';

/** The newest of each record, as the events of a host tell it; so waiting costs the host nothing. */
export interface Board {
  readonly api: Api;
  task(id: string): Promise<Task>;
  server(name: string): Promise<ServerView>;
}

export function boardOf(host: { url: string; token: string }, atEnd: AtEnd): Board {
  const api = apiClient(host.url, host.token);
  const tasks = new Map<string, Task>();
  const servers = new Map<string, ServerView>();
  const reader = readEvents(host, { query: '?after=0' }, ({ type, data }) => {
    if (type === 'task') tasks.set(data.id, data);
    if (type === 'server') servers.set(data.name, data);
    if (type !== 'resync') return;
    tasks.clear(); // some were left out, so what is known may be old
    servers.clear();
  });
  atEnd(async () => {
    reader.cut();
    await reader.over;
  });
  return {
    api,
    task: async (id) => tasks.get(id) ?? (await api.get<Task>(`/api/tasks/${id}`)).body,
    server: async (name) => servers.get(name) ?? (await api.get<ServerView>(`/api/servers/${name}`)).body,
  };
}
