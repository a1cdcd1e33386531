import type { FormState } from './form-state.ts';

const EVENT_FIELDS: Readonly<Record<FormState['event']['kind'], readonly string[]>> = {
  task: ['title', 'status', 'preview', 'failure', 'taskId', 'server', 'tool'],
  resource: ['path', 'type', 'content', 'uri'],
  list: ['names', 'count', 'list'],
  hook: ['type', 'data', 'text'],
};

/** What can be filled in when a run begins, in a text or in the arguments of the step at this place. */
export function placeholdersFor(form: FormState, step: number): readonly string[] {
  const fields = form.when === 'event' ? EVENT_FIELDS[form.event.kind] : [];
  const own = form.when === 'event' ? ['event.at'] : ['run.dueAt'];
  const filtered = form.when === 'event' ? form.event.filters.map(({ path }) => path.trim()) : [];
  const names = new Set([...fields, ...filtered.filter((path) => path !== '')]);
  const before =
    form.what === 'calls' && step > 0 ? [`steps.${step - 1}.text`, `steps.${step - 1}.data`] : [];
  return [...[...names].map((name) => `event.${name}`), ...own, ...before, 'assignment.title'];
}

/** An event such as the trigger waits for, to try it with. */
export function sampleEvent({ event }: FormState): { readonly type: string; readonly data: object } {
  const typed = event.filters.find(({ path, op }) => path.trim() === 'type' && op === 'equals')?.value;
  const data = Object.fromEntries(
    event.filters
      .filter(
        ({ path, op, value }) => op === 'equals' && /^\w+$/.test(path) && path !== 'type' && value !== '',
      )
      .map(({ path, value }) => [path, value]),
  );
  switch (event.kind) {
    case 'task':
      return {
        type: 'task.ended',
        data: {
          title: 'A sample',
          status: event.statuses[0] ?? 'failed',
          preview: '',
          failure: 'A sample',
          ...data,
        },
      };
    case 'resource':
      return {
        type: typed ?? 'resource.updated',
        data: { server: event.server, uri: event.uri, path: 'sample.txt', ...data },
      };
    case 'list':
      return { type: 'list.changed', data: { server: event.server, list: event.list, names: [], count: 0 } };
    case 'hook':
      return { type: typed ?? 'hook.called', data: { text: 'A sample', ...data } };
  }
}
