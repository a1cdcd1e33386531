import { z } from 'zod';
import type { Assignment } from '../../../assignment/assignment.ts';
import { draftOf } from '../../../assignment/draft-of.ts';
import { type Clock, isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import { fieldErrors, inOneSentence } from '../../../base/field-errors.ts';
import { newId } from '../../../base/ids.ts';
import type { Store, Unnumbered } from '../../../store/ports.ts';
import type { DraftPart, Message, Tool } from '../../../store/records.ts';
import { ACTIVE_STATUSES } from '../../../task/status.ts';
import type { Task } from '../../../task/task.ts';
import type { AssignmentDraft } from '../../assignment-directory.ts';
import { DraftSchema } from '../../assignment-draft.ts';
import { delimited, resultText } from '../context/told-text.ts';
import type { FollowUps } from '../follow-ups.ts';
import type { AssistantPorts } from '../ports.ts';

const LISTED = 30;

/** The tools of Meanwhile itself: what a person can ask of tasks and assignments, under the same rules. */
export interface OwnTools {
  readonly tools: readonly Tool[];
  /** @returns what the model is told @throws {AppError} what is wrong, in words */
  run(tool: string, args: Readonly<Record<string, unknown>>, sessionId: string): Promise<string>;
}

interface OwnTool<S extends z.ZodType = z.ZodType> {
  readonly description: string;
  readonly schema: S;
  /** It is done only with a person's consent. */
  readonly asks?: true;
  readonly run: (args: z.infer<S>, sessionId: string) => Promise<string>;
}

const define = <S extends z.ZodType>(tool: OwnTool<S>): OwnTool => tool as unknown as OwnTool;
const byId = (what: string) => z.strictObject({ id: z.string().max(100).describe(what) });

export function createOwnTools(parts: {
  store: Pick<Store, 'tasks' | 'assignments' | 'writer'>;
  ports: Pick<AssistantPorts, 'cancel' | 'assignments'>;
  followUps: Pick<FollowUps, 'add'>;
  clock: Clock;
}): OwnTools {
  const { store, ports, followUps, clock } = parts;

  async function taskHere(id: string, sessionId: string): Promise<Task> {
    const task = await store.tasks.get(id);
    if (task === undefined || task.sessionId !== sessionId)
      throw new AppError('task_not_found', `There is no task ${id} in this chat.`);
    return task;
  }

  async function assignment(id: string): Promise<Assignment> {
    const found = await store.assignments.get(id);
    if (found === undefined || found.state === 'removed')
      throw new AppError('assignment_not_found', `There is no assignment ${id}.`);
    return found;
  }

  /** Puts a card into the chat: nothing is made before a person has confirmed it. */
  async function card(sessionId: string, draft: AssignmentDraft, changes?: string): Promise<string> {
    const preview = await ports.assignments.preview(draft);
    const part: DraftPart = {
      type: 'draft',
      draft,
      preview,
      state: 'open',
      by: 'assistant',
      ...(changes !== undefined && { changes }),
    };
    const message: Unnumbered<Message> = {
      id: newId('msg'),
      sessionId,
      role: 'system',
      createdAt: isoNow(clock),
      parts: [part],
    };
    await store.writer.commit([{ type: 'message', message }], 'durable');
    const warnings = preview.warnings.length === 0 ? '' : ` Warnings: ${preview.warnings.join(' ')}`;
    return `“${preview.title}”, ${preview.words}, waits for the user's confirmation on the card in the chat. It is not made before that.${warnings}`;
  }

  const tools: Readonly<Record<string, OwnTool>> = {
    list_tasks: define({
      description: 'Lists the tasks of this chat: what runs and what has ended, newest first.',
      schema: z.strictObject({ only_running: z.boolean().optional() }),
      async run({ only_running: isRunning }, sessionId) {
        const { tasks } = await store.tasks.list({
          sessionId,
          limit: LISTED,
          ...(isRunning === true && { statuses: ACTIVE_STATUSES }),
        });
        return tasks.length === 0 ? 'No tasks.' : tasks.map(taskLine).join('\n');
      },
    }),
    show_task: define({
      description:
        'Shows one task of this chat: how it stands, its newest progress, and its result if it has ended.',
      schema: byId('of the task, such as task_…'),
      async run({ id }, sessionId) {
        const task = await taskHere(id, sessionId);
        const content = await store.tasks.content(id);
        const result = content === undefined ? task.result?.preview : resultText(JSON.parse(content));
        const words = [taskLine(task), task.statusMessage, task.failure?.message];
        const text = words.filter((each) => each !== undefined).join('\n');
        return result === undefined ? text : `${text}\n${delimited({ task: id }, result)}`;
      },
    }),
    cancel_task: define({
      description: 'Asks a task of this chat to stop. Not every tool can be stopped.',
      schema: byId('of the task'),
      async run({ id }, sessionId) {
        const { title } = await taskHere(id, sessionId);
        await ports.cancel(id, 'the assistant');
        return `“${title}” was asked to stop. Its end will come by itself.`;
      },
    }),
    add_follow_up: define({
      description:
        'Notes what is to be done when a running task of this chat has come so far: it is said to you then. Its end comes to you anyway; this is for what is to follow from it.',
      schema: z.strictObject({
        id: z.string().max(100).describe('of the task'),
        when: z.union([
          z.enum(['ended', 'slower_than_usual']),
          z.strictObject({ progress: z.number().min(1).max(100).describe('in percent') }),
        ]),
        text: z.string().trim().min(1).max(4_000),
      }),
      async run({ id, when, text }, sessionId) {
        await taskHere(id, sessionId);
        const added = await followUps.add(id, { when, text }, 'assistant');
        return `Noted (${added.id}).`;
      },
    }),
    list_assignments: define({
      description: 'Lists the assignments: what is to be done later, at times or on events.',
      schema: z.strictObject({ words: z.string().max(200).optional() }),
      async run({ words }) {
        const { assignments } = await store.assignments.list({ limit: LISTED, ...(words && { words }) });
        return assignments.length === 0 ? 'No assignments.' : assignments.map(assignmentLine).join('\n');
      },
    }),
    show_assignment: define({
      description: 'Shows one assignment with all that it does.',
      schema: byId('of the assignment, such as asg_…'),
      async run({ id }) {
        const { seq: _seq, strip: _strip, ...found } = await assignment(id);
        return JSON.stringify(found, null, 1);
      },
    }),
    create_assignment: define({
      description:
        'Proposes an assignment: work to be done later, at a time ("in 20 minutes", "every weekday at 9", cron) or when something happens. The user confirms it on a card. Its work is a text for you, or direct tool calls. Without a sessionId it reports in a chat of its own.',
      schema: DraftSchema,
      run: (draft, sessionId) => card(sessionId, draft as AssignmentDraft),
    }),
    change_assignment: define({
      description:
        'Proposes a change of an assignment: the fields that are given replace those there are. The user confirms it.',
      schema: z.strictObject({ id: z.string().max(100), change: DraftSchema.partial() }),
      async run({ id, change }, sessionId) {
        return card(
          sessionId,
          { ...inItsChat(await assignment(id)), ...(change as Partial<AssignmentDraft>) },
          id,
        );
      },
    }),
    pause_assignment: define({
      description: 'Pauses an assignment, or lets it go on.',
      schema: z.strictObject({ id: z.string().max(100), paused: z.boolean().default(true) }),
      asks: true,
      async run({ id, paused }) {
        const { title, state } = await ports.assignments.change(id, { state: paused ? 'paused' : 'on' });
        return `“${title}” is ${state}.`;
      },
    }),
    delete_assignment: define({
      description: 'Deletes an assignment.',
      schema: byId('of the assignment'),
      asks: true,
      async run({ id }) {
        const { title } = await assignment(id);
        await ports.assignments.remove(id);
        return `“${title}” is deleted.`;
      },
    }),
    run_assignment: define({
      description: 'Fires an assignment now.',
      schema: byId('of the assignment'),
      asks: true,
      async run({ id }) {
        const { title } = await assignment(id);
        const run = await ports.assignments.run(id);
        return `“${title}” was fired (${run.id}). What comes of it is told in its own chat.`;
      },
    }),
  };

  return {
    tools: Object.entries(tools).map(([name, { description, schema, asks }]) => ({
      name,
      description,
      inputSchema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Tool['inputSchema'],
      annotations: { readOnlyHint: asks !== true },
    })),
    async run(name, args, sessionId) {
      const tool = tools[name];
      if (tool === undefined) throw new AppError('tool_not_found', `There is no tool ${name}.`);
      const read = tool.schema.safeParse(args);
      if (read.success) return tool.run(read.data, sessionId);
      const fields = fieldErrors(read.error);
      throw new AppError('invalid_arguments', inOneSentence(fields), { fields });
    },
  };
}

function taskLine({ id, title, status, progress, startedAt, endedAt, cancel }: Task): string {
  const done =
    progress === undefined || endedAt !== undefined
      ? ''
      : `, ${progress.value}${progress.total === undefined ? '' : ` of ${progress.total}`}${progress.message === undefined ? '' : ` (${progress.message})`}`;
  const stopping = cancel.requestedAt !== undefined && endedAt === undefined ? ', asked to stop' : '';
  return `${id}: “${title}” ${status}${done}${stopping}, started ${startedAt}${endedAt === undefined ? '' : `, ended ${endedAt}`}`;
}

const assignmentLine = ({ id, title, state, trigger, nextDueAt }: Assignment): string =>
  `${id}: “${title}” ${state}, ${trigger.type === 'timer' ? trigger.words : `on ${trigger.source.kind}`}${nextDueAt === undefined ? '' : `, next ${nextDueAt}`}`;

/** As a draft that leaves it in its chat. */
const inItsChat = (assignment: Assignment): AssignmentDraft => ({
  ...draftOf(assignment),
  sessionId: assignment.sessionId,
});
