import { type Clock, isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import type { SourceNotes } from '../../../store/ports.ts';
import type { Remembered } from '../../assistant-control.ts';

export type { Remembered } from '../../assistant-control.ts';

const SCOPE = 'assistant.consent';

/** What people have answered once and for all, for a tool or for all tools of a server. */
export interface RememberedAnswers {
  all(): Promise<readonly Remembered[]>;
  put(answer: Omit<Remembered, 'id' | 'at'>): Promise<void>;
  /** @throws {AppError} `not_found` */
  remove(id: string): Promise<void>;
}

export function createRemembered(notes: SourceNotes, clock: Clock): RememberedAnswers {
  const all = async () =>
    (await notes.all(SCOPE)).map(({ key, note }) => ({ id: key, ...(note as Omit<Remembered, 'id'>) }));
  return {
    all,
    async put({ server, tool, allow }) {
      const id = tool === undefined ? server : `${server}.${tool}`;
      await notes.put(SCOPE, id, { server, ...(tool !== undefined && { tool }), allow, at: isoNow(clock) });
    },
    async remove(id) {
      if (!(await all()).some((each) => each.id === id))
        throw new AppError('not_found', `No answer is remembered for “${id}”.`);
      await notes.remove(SCOPE, id);
    },
  };
}
