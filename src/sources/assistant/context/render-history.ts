import type { ModelMessage } from 'ai';
import type { CallPart, Message, UsePart } from '../../../store/records.ts';
import type { Task } from '../../../task/task.ts';
import { toolName } from '../tools/tool-names.ts';
import { capped, delimited } from './told-text.ts';

/** Something of the conversation as the model is told it. What belongs together has one `messageId`. */
export interface ContextItem {
  readonly messageId: string;
  readonly message: ModelMessage;
}

/** The whole result of a task, as text; undefined where nothing is kept. */
export type ResultOf = (task: Task) => Promise<string | undefined>;

type ToolContent = Extract<ModelMessage, { role: 'tool' }>['content'];
type AssistantContent = Exclude<Extract<ModelMessage, { role: 'assistant' }>['content'], string>;

/**
 * The messages of a chat as a model is told them, in their order. A summary stands for all up to the message that it
 * covers. What tools and tasks have given is data, in the roles of tools and the user, never of the system.
 */
export async function renderHistory(
  messages: readonly Message[],
  resultOf: ResultOf,
): Promise<ContextItem[]> {
  const shown = messages.filter(({ supersededBy }) => supersededBy === undefined);
  const summary = newestSummary(shown);
  const from = summary === undefined ? 0 : shown.findIndex(({ id }) => id === summary.covers) + 1;
  const usesIn = (all: readonly Message[]) =>
    all.flatMap(({ parts }) => parts.filter((part) => part.type === 'use'));
  const uses = usesIn(shown);
  /** Of hidden steps too: their calls are nobody else's. */
  const called = new Set(usesIn(messages).map(({ messageId }) => messageId));
  /** Tasks whose end was the answer of their use already. */
  const answered = new Set(
    uses.flatMap(({ state, taskId }) => (state === 'answered' && taskId !== undefined ? [taskId] : [])),
  );
  const items: ContextItem[] = [];
  if (summary !== undefined)
    items.push({
      messageId: summary.covers,
      message: user(
        `[Meanwhile] The conversation before this was summarised to make room:\n${delimited({ kind: 'summary' }, summary.text)}`,
      ),
    });
  for (const message of shown.slice(from)) {
    const put = (rendered: ModelMessage) => items.push({ messageId: message.id, message: rendered });
    if (message.turn !== undefined) {
      for (const rendered of renderStep(message)) put(rendered);
      continue;
    }
    for (const part of message.parts) {
      if (part.type === 'notice' && part.code === 'follow_up') put(user(`[Meanwhile] ${part.text}`));
      else if (part.type === 'text' && part.text !== '') put(user(part.text));
      else if (part.type === 'call' && !called.has(message.id) && part.state !== 'open')
        put(user(byPerson(part)));
      else if (part.type === 'task' && !answered.has(part.task.id))
        put(user(await ended(part.task, resultOf)));
      else if (part.type === 'draft')
        put(
          user(
            `[Meanwhile] The card for the assignment “${oneLine(part.preview.title)}” is ${CARD[part.state]}${part.assignmentId === undefined ? '' : ` (${part.assignmentId})`}.`,
          ),
        );
    }
  }
  return items;
}

export function newestSummary(messages: readonly Message[]) {
  for (const { parts } of messages.toReversed())
    for (const part of parts)
      if (part.type === 'notice' && part.code === 'summary' && part.covers !== undefined)
        return { text: part.text, covers: part.covers };
  return undefined;
}

const CARD = {
  open: 'waiting for the user to confirm it',
  made: 'confirmed: it was made',
  dropped: 'dropped by the user',
};

/** How a step ended that did not end by itself. Without such a line a model would take its own words for unfinished. */
const AFTER: Readonly<Partial<Record<string, string>>> = {
  stopped: 'The user stopped you here.',
  interrupted: 'You were interrupted here: Meanwhile was restarted.',
  failed: 'Your answer broke off here.',
  limit: 'You were held up here by a limit; the user lets you go on.',
};

/** What a step said after the last break of its stream, and the tools that it asked for with what they gave. */
function renderStep({ parts, turn }: Message): ModelMessage[] {
  const broken = parts.findLastIndex((part) => part.type === 'notice' && part.code === 'stream_cut');
  const content: AssistantContent = [];
  const results: ToolContent = [];
  for (const part of parts.slice(broken + 1)) {
    if (part.type === 'text' && part.text !== '') content.push({ type: 'text', text: part.text });
    if (part.type !== 'use') continue;
    content.push({
      type: 'tool-call',
      toolCallId: part.callId,
      toolName: toolName(part.server, part.tool),
      input: part.arguments,
      ...(part.providerData !== undefined && { providerOptions: part.providerData as never }),
    });
    results.push({
      type: 'tool-result',
      toolCallId: part.callId,
      toolName: toolName(part.server, part.tool),
      output: outputOf(part),
    });
  }
  const rendered: ModelMessage[] = [];
  if (content.length > 0) rendered.push({ role: 'assistant', content });
  if (results.length > 0) rendered.push({ role: 'tool', content: results });
  const after =
    turn && rendered.length > 0
      ? AFTER[turn.error?.code.startsWith('limit_') ? 'limit' : turn.state]
      : undefined;
  if (after !== undefined) rendered.push(user(`[Meanwhile] ${after}`));
  return rendered;
}

function outputOf({ told, server, tool, taskId, state }: UsePart) {
  const text = told?.text ?? 'Nothing is known of what became of this.';
  if (state === 'background') return { type: 'text' as const, value: text };
  const value = delimited({ server, tool, task: taskId }, text);
  return told?.isError === false ? { type: 'text' as const, value } : { type: 'error-text' as const, value };
}

const byPerson = ({ server, tool, state, preview, failure, taskId }: CallPart): string =>
  state === 'task'
    ? `[Meanwhile] The user called ${server}.${tool} directly; it runs as task ${taskId}.`
    : `[Meanwhile] The user called ${server}.${tool} directly; it ${state}.\n${delimited({ server, tool }, capped(preview ?? failure?.message ?? ''))}`;

async function ended(task: Task, resultOf: ResultOf): Promise<string> {
  const { server, tool } = task.source;
  const whole = (await resultOf(task)) ?? task.result?.preview;
  const words = [whole, task.failure?.message, task.status === 'completed' ? undefined : task.statusMessage];
  const text = words.filter((each) => each !== undefined && each !== '').join('\n');
  // Its title is made of arguments, which may be anybody's words.
  const facts = { server, tool, task: task.id, title: oneLine(task.title), status: task.status };
  return `[Meanwhile] Task ${task.id} has ended: ${task.status}.\n${delimited(facts, capped(text))}`;
}

const user = (content: string): ModelMessage => ({ role: 'user', content });
const oneLine = (text: string): string => text.replace(/[\s<>]+/g, ' ').slice(0, 200);
