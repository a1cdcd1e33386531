import type { SourceNotes } from '../../../store/ports.ts';

const SCOPE = 'assistant.turns';

/** Which step goes on in which chat, so that the next start finds it; noted before the step is. */
export interface RunningNotes {
  begun(sessionId: string, messageId: string): Promise<void>;
  over(sessionId: string): Promise<void>;
  all(): Promise<readonly { readonly sessionId: string; readonly messageId: string }[]>;
}

export const createRunningNotes = (notes: SourceNotes): RunningNotes => ({
  begun: (sessionId, messageId) => notes.put(SCOPE, sessionId, { messageId }),
  over: (sessionId) => notes.remove(SCOPE, sessionId),
  async all() {
    const found = await notes.all(SCOPE);
    return found.map(({ key, note }) => ({
      sessionId: key,
      messageId: (note as { messageId: string }).messageId,
    }));
  },
});
