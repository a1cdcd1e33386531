import { type Clock, isoNow } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Chat } from '../chat/chat.ts';
import type { AssignmentPorts, StepOutcome } from '../sources/assignment-directory.ts';
import type { Assistant } from '../sources/assistant/assistant.ts';
import type { McpHub } from '../sources/mcp/hub.ts';
import type { CallAnswer } from '../sources/source.ts';
import type { Store } from '../store/ports.ts';
import type { CallPart } from '../store/records.ts';
import type { Task } from '../task/task.ts';
import { taskEnd } from './task-end.ts';

/** What assignments need of the hub, the chat and the store: their calls are calls like any other. */
export function assignmentPorts(parts: {
  store: Store;
  hub: McpHub;
  chat: Chat;
  assistant: Pick<Assistant, 'isReady' | 'perform' | 'outcomeOf'>;
  clock: Clock;
}): AssignmentPorts {
  const { store, hub, chat, assistant, clock } = parts;

  /** Waits for the end of a call that has become a task, and has it stopped when its run is. */
  async function endOf(taskId: string, signal: AbortSignal): Promise<StepOutcome> {
    const cancel = () => void hub.cancel(taskId, { by: 'its run', force: false }).catch(() => {}); // it has ended, or cannot stop
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      return outcomeOfTask(await taskEnd(store, taskId), await store.tasks.content(taskId));
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  return {
    async call({ callId, server, tool, arguments: args, sessionId, parentId, becameTask }, signal) {
      const answer = await hub.call({
        server,
        tool,
        arguments: args,
        sessionId,
        messageId: callId,
        parentId,
      });
      const { taskId } = answer;
      if (taskId === undefined) return outcomeOfCall(answer);
      becameTask(taskId);
      return endOf(taskId, signal);
    },
    async outcomeOf(callId, signal) {
      const message = await store.messages.get(callId);
      const part = message?.parts.find((each): each is CallPart => each.type === 'call');
      if (part === undefined) return assistant.outcomeOf(callId, signal);
      const { taskId } = part;
      return taskId === undefined ? outcomeOfPart(part) : endOf(taskId, signal);
    },
    isSafeToRepeat(server, tool) {
      const found = hub.servers.get(server)?.tools.find(({ name }) => name === tool);
      if (found === undefined) return undefined;
      const { readOnlyHint, idempotentHint } = found.annotations ?? {};
      return readOnlyHint === true || idempotentHint === true;
    },
    async shellFields(server, tool) {
      return shellFieldsOf(await hub.toolSchema(server, tool));
    },
    knownShellFields: (server, tool) =>
      shellFieldsOf(hub.servers.get(server)?.tools.find(({ name }) => name === tool)?.inputSchema),
    problemOf(server, tool) {
      const view = hub.servers.get(server);
      if (view === undefined) return `There is no server “${server}”.`;
      if (!view.enabled) return `The server “${server}” is turned off.`;
      if (view.state !== 'ready') return `The server “${server}” is not connected at the moment.`;
      if (tool === '' || view.tools.some(({ name }) => name === tool)) return undefined;
      return `The server “${server}” has no tool “${tool}”.`;
    },
    get say() {
      return assistant.isReady() ? assistant.perform : undefined;
    },
    newSession: async (title) => (await chat.createSession(title)).id,
    async notice(sessionId, text) {
      const session = await store.sessions.get(sessionId);
      if (session === undefined || session.deletedAt !== undefined) return [];
      const message = {
        id: newId('msg'),
        sessionId,
        role: 'system' as const,
        parts: [{ type: 'notice' as const, text }],
        createdAt: isoNow(clock),
      };
      return [{ type: 'message', message }];
    },
  };
}

function outcomeOfTask(task: Task, content: string | undefined): StepOutcome {
  const { status, result, failure, statusMessage, id } = task;
  const state = status === 'completed' || status === 'cancelled' || status === 'lost' ? status : 'failed';
  const words = failure?.message ?? (status === 'completed' ? undefined : statusMessage);
  return {
    state,
    taskId: id,
    ...(result && { preview: result.preview }),
    ...(content !== undefined && { content }),
    ...(words !== undefined && { failure: words }),
  };
}

function outcomeOfCall({ result, failure }: CallAnswer): StepOutcome {
  const content = result && JSON.stringify(result.content);
  const preview = textOf(result?.content);
  const isGood = result !== undefined && !result.isError && failure === undefined;
  return {
    state: isGood ? 'completed' : failure?.reason === 'lost' ? 'lost' : 'failed',
    ...(preview !== undefined && { preview }),
    ...(content !== undefined && { content }),
    ...(failure && { failure: failure.message }),
    ...(!isGood && failure === undefined && preview !== undefined && { failure: firstLine(preview) }),
  };
}

function outcomeOfPart({ state, preview, failure }: CallPart): StepOutcome {
  if (state === 'completed' || state === 'cancelled')
    return { state, ...(preview !== undefined && { preview }) };
  return {
    state: failure?.reason === 'lost' ? 'lost' : 'failed',
    ...(preview !== undefined && { preview }),
    failure: failure?.message ?? 'Meanwhile was stopped before the answer came.',
  };
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** The text of a CallToolResult. */
function textOf(result: unknown): string | undefined {
  const content = (result as { content?: unknown } | undefined)?.content;
  if (!Array.isArray(content)) return undefined;
  return content.flatMap((part) => (part?.type === 'text' ? [String(part.text)] : [])).join('\n');
}

function shellFieldsOf(schema: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const { properties = {} } = (schema ?? {}) as { properties?: Record<string, unknown> };
  return Object.keys(properties).filter((name) => isShell(properties[name]));
}

/** JSON Schema 2020-12, section 8.4 of its validation: what the text of a field is. */
const isShell = (schema: unknown): boolean =>
  (schema as { contentMediaType?: unknown } | null)?.contentMediaType === 'application/x-sh';
