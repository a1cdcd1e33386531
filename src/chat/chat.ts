import { type Clock, isoNow } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { Store, Unnumbered } from '../store/ports.ts';
import type { AskRule, Message, Session, ToolRule } from '../store/records.ts';
import { ACTIVE_STATUSES } from '../task/status.ts';
import { describeAssignments } from './describe-assignments.ts';
import { describeTasks } from './describe-tasks.ts';
import {
  createDraftSettling,
  type DraftDecision,
  type DraftMaker,
  type DraftSettled,
} from './settle-draft.ts';
import { COMMANDS, HELP_TEXT, parseSlash } from './slash.ts';
import { type DraftReader, type Understood, understandTimer } from './slash-timer.ts';
import { type ResourceLister, understandWhen } from './slash-when.ts';

/** What the chat needs of others; the host hands it in. */
export interface ChatPorts {
  /**
   * Starts a direct tool call in this session.
   * @returns the call's message, once the call is recorded
   * @throws {AppError} before anything has begun; then nothing has changed
   */
  readonly call: (request: {
    server: string;
    tool: string;
    argumentLine: string;
    sessionId: string;
    /** Written in the same commit as the call. */
    alongside: Unnumbered<Message>;
  }) => Promise<readonly Message[]>;
  /** @throws {AppError} `cancel_unsupported`, `already_ended`, `task_not_found` */
  readonly cancel: (taskId: string, by: string) => Promise<void>;
  /** What is said to be done later is read, and made once a person has confirmed it. */
  readonly drafts: DraftReader & DraftMaker & ResourceLister;
  /**
   * Hands what a person said to the assistant, which writes it and begins its answer.
   * @returns the messages that this made at once; undefined while no model is set up
   */
  readonly answer?: (session: Session, own: Unnumbered<Message>) => Promise<readonly Message[] | undefined>;
}

/** Null takes a choice back. */
export interface SessionChange {
  readonly title?: string | undefined;
  readonly modelId?: string | null | undefined;
  readonly tools?: ToolRule | null | undefined;
  readonly ask?: AskRule | null | undefined;
  readonly followUps?: 'on' | 'off' | undefined;
}

export interface Chat {
  createSession(title?: string): Promise<Session>;
  /** @throws {AppError} `session_not_found`, `session_fixed` */
  changeSession(id: string, change: SessionChange): Promise<Session>;
  /** Running tasks go on; their ends become undeliverable. @throws {AppError} as above */
  deleteSession(id: string): Promise<void>;
  /** The one session for calls made without naming a session; made on first use. */
  directSession(): Promise<Session>;
  /**
   * Takes what a person says. A slash command is carried out.
   * @returns the messages that this made at once, the person's own first
   * @throws {AppError} what was wrong with a command; then nothing has been written
   */
  say(sessionId: string, text: string): Promise<readonly Message[]>;
  /**
   * Makes an assignment of the draft in a message, or drops it; once.
   * @throws {AppError} `session_not_found`, `message_not_found`, `draft_settled` when something else became of it, and
   *   what is wrong with a changed draft
   */
  settleDraft(sessionId: string, messageId: string, decision: DraftDecision): Promise<DraftSettled>;
}

/** Always the same, so that of hosts that make it at once each makes the same one. */
const DIRECT_ID = 'sess_direct';

export const DEFAULT_TITLE = 'New chat';
const TITLE_CHARS = 60;
const NO_MODEL =
  'No model is set up yet, so nobody here can answer in words: add one in the settings, or with `meanwhile models add`. Tools work without one: write /help to see how, or / to see the tools.';

export function createChat(store: Store, clock: Clock, ports: ChatPorts): Chat {
  let makingDirect: Promise<Session> | undefined;
  const settle = createDraftSettling(store, ports.drafts);

  async function existing(id: string): Promise<Session> {
    const session = await store.sessions.get(id);
    if (session === undefined || session.deletedAt !== undefined)
      throw new AppError('session_not_found', `There is no session ${id}.`);
    return session;
  }

  async function put(session: Unnumbered<Session>): Promise<Session> {
    const [change] = await store.writer.commit([{ type: 'session', session }], 'durable');
    if (change?.type !== 'session') throw new AppError('store_failed', 'The session was not written.');
    return change.session;
  }

  const blank = (kind: Session['kind'], title: string): Unnumbered<Session> => {
    const now = isoNow(clock);
    return { id: newId('sess'), title, kind, createdAt: now, updatedAt: now };
  };

  const message = (sessionId: string, role: Message['role'], text: string): Unnumbered<Message> => ({
    id: newId('msg'),
    sessionId,
    role,
    parts: [role === 'user' ? { type: 'text', text } : { type: 'notice', text }],
    createdAt: isoNow(clock),
  });

  /** A card to confirm. */
  const card = (sessionId: string, { draft, preview }: Understood): Unnumbered<Message> => ({
    ...message(sessionId, 'system', ''),
    parts: [{ type: 'draft', draft, preview, state: 'open' }],
  });

  async function write(messages: readonly Unnumbered<Message>[]): Promise<readonly Message[]> {
    const changes = await store.writer.commit(
      messages.map((each) => ({ type: 'message', message: each })),
      'durable',
    );
    return changes.flatMap((change) => (change.type === 'message' ? [change.message] : []));
  }

  /** A chat that nobody named takes its title from the first thing said in it. */
  async function touch(session: Session, text: string) {
    const title =
      session.kind === 'chat' && session.title === DEFAULT_TITLE
        ? text.slice(0, TITLE_CHARS).trim()
        : session.title;
    await put({ ...session, title, updatedAt: isoNow(clock) });
  }

  async function cancelHere(sessionId: string, target: string | undefined): Promise<string> {
    const active = await store.tasks.list({ sessionId, statuses: ACTIVE_STATUSES, limit: 1 });
    const taskId = target ?? active.tasks[0]?.id;
    if (taskId === undefined) return 'Nothing is running in this chat.';
    const task = await store.tasks.get(taskId);
    if (task === undefined) throw new AppError('task_not_found', `There is no task ${taskId}.`);
    await ports.cancel(taskId, 'chat');
    return `Asked “${task.title}” to stop.`;
  }

  return {
    createSession: (title) => put(blank('chat', title ?? DEFAULT_TITLE)),
    async changeSession(id, change) {
      const session = await existing(id);
      if (session.kind === 'direct' && change.title !== undefined)
        throw new AppError('session_fixed', '“Direct calls” keeps its name.');
      const entries = Object.entries({ ...session, ...change });
      const kept = Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined));
      return put({ ...(kept as unknown as Session), updatedAt: isoNow(clock) });
    },
    async deleteSession(id) {
      const session = await existing(id);
      if (session.kind === 'direct') throw new AppError('session_fixed', '“Direct calls” cannot be deleted.');
      await put({ ...session, deletedAt: isoNow(clock) });
    },
    async directSession() {
      makingDirect ??= store.sessions
        .direct()
        .then((found) => found ?? put({ ...blank('direct', 'Direct calls'), id: DIRECT_ID }));
      return makingDirect.catch((error) => {
        makingDirect = undefined;
        throw error;
      });
    },
    async say(sessionId, text) {
      const session = await existing(sessionId);
      const command = parseSlash(text);
      const own = message(sessionId, 'user', text);
      const answer = async (words: string) => write([own, message(sessionId, 'system', words)]);
      const ask = (understood: Understood) => write([own, card(sessionId, understood)]);
      const said = await (async () => {
        switch (command?.type) {
          case undefined:
            return (await ports.answer?.(session, own)) ?? answer(NO_MODEL);
          case 'help':
            return answer(HELP_TEXT);
          case 'tasks':
            return answer(await describeTasks(store, sessionId, clock.now()));
          case 'cancel':
            return answer(await cancelHere(sessionId, command.target));
          case 'assignments':
            return answer(await describeAssignments(store));
          case 'remind':
            return ask(await understandTimer(command.rest.replace(/^me\s+/, ''), sessionId, ports.drafts));
          case 'every':
            return ask(await understandTimer(`every ${command.rest}`, sessionId, ports.drafts));
          case 'when':
            return ask(await understandWhen(command.rest, sessionId, ports.drafts));
          case 'call':
            return ports.call({ ...command, sessionId, alongside: own });
          case 'unknown':
            throw new AppError(
              'invalid_command',
              `“/${command.word}” is not a command. Tools are used as /server.tool; /help lists the rest.`,
              { fields: [{ field: 'text', expected: COMMANDS }] },
            );
        }
      })();
      await touch(session, text);
      return said;
    },
    async settleDraft(sessionId, messageId, decision) {
      await existing(sessionId);
      return settle(sessionId, messageId, decision);
    },
  };
}
