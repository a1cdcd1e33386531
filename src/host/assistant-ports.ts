import type { Assignments } from '../sources/assignments/assignments.ts';
import type { AssistantPorts } from '../sources/assistant/ports.ts';
import type { McpHub } from '../sources/mcp/hub.ts';
import type { Store } from '../store/ports.ts';

/** What the assistant needs of the other sources: its calls are calls like any other. */
export function assistantPorts(parts: {
  store: Pick<Store, 'tasks'>;
  hub: McpHub;
  /** Made after the assistant, which they speak to as well. */
  assignments: () => Assignments;
  cancel: AssistantPorts['cancel'];
  mayBegin: () => boolean;
}): AssistantPorts {
  const { store, hub, assignments, cancel, mayBegin } = parts;
  return {
    servers: hub.servers.list,
    call: (request) => hub.call(request),
    async isHandedBack(taskId) {
      const found = (await store.tasks.handles()).find(({ task }) => task.id === taskId);
      return found?.handle.kind === 'v1' || found?.handle.kind === 'v2';
    },
    cancel,
    assignments: {
      preview: (draft) => assignments().preview(draft),
      change: (id, change) => assignments().change(id, change),
      remove: (id) => assignments().remove(id),
      run: (id) => assignments().run(id),
    },
    mayBegin,
  };
}
