import type { Assignments } from '../sources/assignments/assignments.ts';
import type { AssistantPorts } from '../sources/assistant/ports.ts';
import type { McpHub } from '../sources/mcp/hub.ts';

/** What the assistant needs of the other sources: its calls are calls like any other. */
export function assistantPorts(parts: {
  hub: McpHub;
  /** Made after the assistant, which they speak to as well. */
  assignments: () => Assignments;
  cancel: AssistantPorts['cancel'];
  mayBegin: () => boolean;
}): AssistantPorts {
  const { hub, assignments, cancel, mayBegin } = parts;
  return {
    servers: hub.servers.list,
    call: (request) => hub.call(request),
    isHandedBack(task) {
      const generation = hub.servers.get(task.source.server ?? '')?.generation;
      return generation !== undefined && generation !== 'plain' && hub.fateOf(task) === 'reattached';
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
