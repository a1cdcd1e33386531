import type { Store } from '../../../store/ports.ts';

const SCOPE = 'assistant.background';
const MUTED = 'assistant.muted';

/**
 * The tasks that a model was told will end by themselves, and has not been told the end of. What decides is the chat: a
 * delivery that stands after the newest step has not been told. This is how such chats are found again.
 */
export interface Background {
  load(): Promise<void>;
  has(taskId: string): boolean;
  sessions(): ReadonlySet<string>;
  add(taskId: string, sessionId: string): Promise<void>;
  told(taskIds: readonly string[]): Promise<void>;
  isMuted(taskId: string): Promise<boolean>;
  mute(taskId: string, muted: boolean): Promise<void>;
}

export function createBackground({ notes }: Pick<Store, 'notes'>): Background {
  const sessionOf = new Map<string, string>();
  return {
    async load() {
      for (const { key, note } of await notes.all(SCOPE))
        sessionOf.set(key, (note as { sessionId: string }).sessionId);
    },
    has: (taskId) => sessionOf.has(taskId),
    sessions: () => new Set(sessionOf.values()),
    async add(taskId, sessionId) {
      sessionOf.set(taskId, sessionId);
      await notes.put(SCOPE, taskId, { sessionId });
    },
    async told(taskIds) {
      for (const taskId of taskIds.filter((each) => sessionOf.delete(each)))
        await notes.remove(SCOPE, taskId);
    },
    isMuted: async (taskId) => (await notes.get(MUTED, taskId)) !== undefined,
    mute: (taskId, muted) => (muted ? notes.put(MUTED, taskId, {}) : notes.remove(MUTED, taskId)),
  };
}
