import type { Store } from '../../../store/ports.ts';

const SCOPE = 'assistant.turns';

export interface RunningStep {
  readonly sessionId: string;
  readonly messageId: string;
}

/** Which step goes on in which chat, and at which host, so that the next start finds it; noted before the step is. */
export interface RunningNotes {
  begun(sessionId: string, messageId: string): Promise<void>;
  over(sessionId: string): Promise<void>;
  /** Those of a host, this one where none is named. */
  of(host?: string): Promise<readonly RunningStep[]>;
  /** Those of all hosts. */
  all(): Promise<readonly RunningStep[]>;
  /** The step that goes on in a chat at another host that is there. */
  elsewhere(sessionId: string): Promise<{ readonly host: string; readonly messageId: string } | undefined>;
}

interface Note {
  readonly messageId: string;
  /** Left out by a host that is alone. */
  readonly host?: string;
}

export function createRunningNotes({ notes, hosts }: Pick<Store, 'notes' | 'hosts'>): RunningNotes {
  const ours = hosts?.id;
  return {
    begun: (sessionId, messageId) =>
      notes.put(SCOPE, sessionId, { messageId, ...(ours !== undefined && { host: ours }) } satisfies Note),
    over: (sessionId) => notes.remove(SCOPE, sessionId),
    async of(host = ours) {
      return (await notes.all(SCOPE)).flatMap(({ key, note }) => {
        const { messageId, host: whose = ours } = note as Note;
        return whose === host ? [{ sessionId: key, messageId }] : [];
      });
    },
    async all() {
      return (await notes.all(SCOPE)).map(({ key, note }) => ({
        sessionId: key,
        messageId: (note as Note).messageId,
      }));
    },
    async elsewhere(sessionId) {
      if (hosts === undefined) return undefined;
      const note = (await notes.get(SCOPE, sessionId)) as Note | undefined;
      if (note?.host === undefined || note.host === ours || !hosts.here().includes(note.host))
        return undefined;
      return { host: note.host, messageId: note.messageId };
    },
  };
}
