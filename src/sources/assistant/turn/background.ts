import type { Store } from '../../../store/ports.ts';

const SCOPE = 'assistant.background';
const MUTED = 'assistant.muted';

/**
 * The tasks that a model was told will end by themselves, and has not been told the end of. What decides is the chat: a
 * delivery that stands after the newest step has not been told. This is how such chats are found again, by the host at
 * which the model was told.
 */
export interface Background {
  load(): Promise<void>;
  /** What a host that is gone would have told is told by this one. @returns the chats */
  adopt(host: string): Promise<ReadonlySet<string>>;
  has(taskId: string): boolean;
  /** The same, at whichever host. */
  isAwaited(taskId: string): Promise<boolean>;
  sessions(): ReadonlySet<string>;
  add(taskId: string, sessionId: string): Promise<void>;
  told(taskIds: readonly string[]): Promise<void>;
  isMuted(taskId: string): Promise<boolean>;
  mute(taskId: string, muted: boolean): Promise<void>;
}

interface Note {
  readonly sessionId: string;
  /** Left out by a host that is alone. */
  readonly host?: string;
}

export function createBackground({ notes, hosts }: Pick<Store, 'notes' | 'hosts'>): Background {
  const ours = hosts?.id;
  const sessionOf = new Map<string, string>();

  async function add(taskId: string, sessionId: string): Promise<void> {
    sessionOf.set(taskId, sessionId);
    await notes.put(SCOPE, taskId, { sessionId, ...(ours !== undefined && { host: ours }) } satisfies Note);
  }

  const noted = async () =>
    (await notes.all(SCOPE)).map(({ key, note }) => {
      const { sessionId, host = ours } = note as Note;
      return { taskId: key, sessionId, host };
    });

  return {
    async load() {
      for (const { taskId, sessionId, host } of await noted())
        if (host === ours) sessionOf.set(taskId, sessionId);
    },
    async adopt(gone) {
      const left = (await noted()).filter(({ host }) => host === gone);
      for (const { taskId, sessionId } of left) await add(taskId, sessionId);
      return new Set(left.map(({ sessionId }) => sessionId));
    },
    has: (taskId) => sessionOf.has(taskId),
    isAwaited: async (taskId) => (await notes.get(SCOPE, taskId)) !== undefined,
    sessions: () => new Set(sessionOf.values()),
    add,
    async told(taskIds) {
      for (const taskId of taskIds.filter((each) => sessionOf.delete(each)))
        await notes.remove(SCOPE, taskId);
    },
    isMuted: async (taskId) => (await notes.get(MUTED, taskId)) !== undefined,
    mute: (taskId, muted) => (muted ? notes.put(MUTED, taskId, {}) : notes.remove(MUTED, taskId)),
  };
}
