import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { records } from '../data/records.ts';
import { showToast } from '../data/toasts.ts';
import type { Assignment } from '../data/types.ts';

/* What can be done with an assignment. What comes of it is shown at once; a refusal is shown as a note. */

/** @returns whether it was done */
async function attempt(title: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    records.flush();
    return true;
  } catch (error) {
    showToast(`${title}: ${errorWords(error)}`, { kind: 'error' });
    return false;
  }
}

const keep = (assignment: Assignment): void => records.put('assignment', [assignment], 'answer');

export const setFiring = ({ id, title }: Assignment, fires: boolean): Promise<boolean> =>
  attempt(title, async () => keep(await api.changeAssignment(id, { state: fires ? 'on' : 'paused' })));

export const runNow = ({ id, title }: Assignment): Promise<boolean> =>
  attempt(title, async () => records.put('run', [(await api.runAssignment(id)).run], 'answer'));

/** The runs that go on are not stopped. The note offers to take it back. */
export const removeAssignment = (assignment: Assignment): Promise<boolean> => {
  const { id, title } = assignment;
  return attempt(title, async () => {
    await api.removeAssignment(id);
    keep(await api.assignment(id)); // its mark, should the feed be late
    showToast(`“${title}” was deleted`, { action: { label: 'Undo', run: () => void restore(assignment) } });
  });
};

export const restore = ({ id, title }: Pick<Assignment, 'id' | 'title'>): Promise<boolean> =>
  attempt(title, async () => keep(await api.restoreAssignment(id)));
