import { type Clock, isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import { newId } from '../../../base/ids.ts';
import type { Store } from '../../../store/ports.ts';
import type { AssignmentDirectory, AssignmentPorts } from '../../assignment-directory.ts';
import { newRun } from '../runs/new-run.ts';
import { checkDraft, rulesOf } from './check-draft.ts';
import { understand } from './understand.ts';

/**
 * Runs a draft once. It is kept as an assignment that is removed from the beginning: in no list, never due, but its
 * run is a run like any other, through a crash too.
 */
export function createTryNow(parts: {
  store: Pick<Store, 'changes' | 'runs' | 'writer'>;
  ports: AssignmentPorts;
  clock: Clock;
  hostZone: string;
}): AssignmentDirectory['tryNow'] {
  const { store, ports, clock, hostZone } = parts;
  return async (given, event) => {
    const draft = checkDraft(given);
    const { title, timeZone, trigger } = understand(draft, ports, clock.now(), hostZone);
    const now = isoNow(clock);
    const tried = `Try: ${title}`;
    const assignment = {
      id: newId('asg'),
      title: tried,
      state: 'removed' as const,
      trigger,
      work: draft.work,
      timeZone,
      rules: { ...rulesOf(draft.rules), retries: 0, disableAfter: 0 },
      sessionId: draft.sessionId ?? (await ports.newSession(tried)),
      ownsSession: draft.sessionId === undefined,
      createdAt: now,
      createdBy: 'person' as const,
      updatedAt: now,
      strip: [],
      failuresInRow: 0,
    };
    const cause = { type: 'person' as const, ...(event && { events: [event] }) };
    const run = newRun(assignment, cause, now);
    const begun = new Promise<string>((resolve, reject) => {
      const undo = store.changes.follow((changes) => {
        for (const change of changes)
          if (change.type === 'run' && change.run.id === run.id && change.run.taskId !== undefined) {
            callOff();
            undo();
            resolve(change.run.taskId);
          }
      });
      const callOff = clock.after(START_WAIT_MS, () => {
        undo();
        reject(
          new AppError(
            'too_many_calls',
            'Too many runs go on at the moment; it begins when one of them ends.',
          ),
        );
      });
    });
    begun.catch(() => {}); // told below
    await store.writer.commit(
      [
        { type: 'assignment', assignment },
        { type: 'run', isNew: true, run },
      ],
      'durable',
    );
    return { taskId: await begun, sessionId: assignment.sessionId };
  };
}

const START_WAIT_MS = 30_000;
