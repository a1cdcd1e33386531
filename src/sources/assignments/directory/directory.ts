import type { Assignment, Trigger } from '../../../assignment/assignment.ts';
import { draftOf } from '../../../assignment/draft-of.ts';
import type { HookKeys } from '../../../assignment/hook-keys.ts';
import type { Run } from '../../../assignment/run.ts';
import { type Clock, isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import { newId } from '../../../base/ids.ts';
import type { Store, Unnumbered } from '../../../store/ports.ts';
import type { AssignmentDirectory, AssignmentDraft, AssignmentPorts } from '../../assignment-directory.ts';
import { hashHookToken, hookSecret, newHookToken } from '../hooks/hook-token.ts';
import type { Keeper } from '../keeper.ts';
import { withGlance } from '../runs/glance.ts';
import { newRun } from '../runs/new-run.ts';
import { dueTimes } from '../schedule/due/due-times.ts';
import { checkDraft, rulesOf } from './check-draft.ts';
import { understand } from './understand.ts';

const HINT_CHARS = 4;

/** The part of the directory that keeps assignments: made, changed, removed, run by hand. */
export type KeptDirectory = Pick<
  AssignmentDirectory,
  'preview' | 'create' | 'change' | 'remove' | 'restore' | 'run' | 'renewHook'
>;

export function createDirectory(parts: {
  store: Pick<Store, 'assignments' | 'sessions' | 'writer'>;
  keeper: Keeper;
  ports: AssignmentPorts;
  clock: Clock;
  /** The time zone of this machine. */
  hostZone: string;
}): KeptDirectory {
  const { store, keeper, ports, clock, hostZone } = parts;

  const understood = (draft: AssignmentDraft) => understand(draft, ports, clock.now(), hostZone);

  async function checkSession(sessionId: string): Promise<void> {
    const session = await store.sessions.get(sessionId);
    if (session === undefined || session.deletedAt !== undefined)
      throw new AppError('session_not_found', `There is no session ${sessionId}.`);
  }

  /** Fires from now on: a timer at the next of its times. */
  function on(
    assignment: Unnumbered<Assignment>,
    next: string | undefined,
    now: string,
  ): Unnumbered<Assignment> {
    const { nextDueAt: _before, stateNote: _note, ...rest } = assignment;
    return { ...rest, state: 'on', failuresInRow: 0, updatedAt: now, ...(next && { nextDueAt: next }) };
  }

  return {
    async preview(draft) {
      const { trigger: _trigger, ...preview } = understood(checkDraft(draft));
      return preview;
    },
    async create(given, by) {
      const draft = checkDraft(given);
      const { title, timeZone, trigger, next } = understood(draft);
      if (draft.sessionId !== undefined) await checkSession(draft.sessionId);
      const now = isoNow(clock);
      const isHook = trigger.type === 'event' && trigger.source.kind === 'hook';
      const hookToken = isHook ? newHookToken() : undefined;
      const assignment: Unnumbered<Assignment> = {
        id: newId('asg'),
        title,
        state: 'on',
        trigger,
        work: draft.work,
        timeZone,
        rules: rulesOf(draft.rules),
        sessionId: draft.sessionId ?? (await ports.newSession(title)),
        ownsSession: draft.sessionId === undefined,
        createdAt: now,
        createdBy: by,
        updatedAt: now,
        ...(next[0] !== undefined && { nextDueAt: next[0] }),
        strip: [],
        failuresInRow: 0,
        ...(hookToken !== undefined && { hookHint: hookToken.slice(-HINT_CHARS) }),
      };
      const [change] = await store.writer.commit(
        [
          {
            type: 'assignment',
            assignment,
            ...(hookToken !== undefined && { hookTokenHash: hashHookToken(hookToken) }),
          },
        ],
        'durable',
      );
      if (change?.type !== 'assignment')
        throw new AppError('store_failed', 'The assignment was not written.');
      return {
        assignment: change.assignment,
        ...(hookToken !== undefined && { hook: keysOf(trigger, hookToken) }),
      };
    },
    change: (id, { state, ...fields }) =>
      keeper.change(id, async (before) => {
        if (before.state === 'removed') throw notFound(id);
        const draft = checkDraft({ ...draftOf(before), sessionId: before.sessionId, ...fields });
        const isNewTime = fields.trigger !== undefined || fields.timeZone !== undefined;
        if (fields.sessionId !== undefined) await checkSession(fields.sessionId);
        const now = isoNow(clock);
        const rules = rulesOf(fields.rules, before.rules);
        const changed: Unnumbered<Assignment> = {
          ...before,
          title: draft.title ?? before.title,
          work: draft.work,
          rules,
          sessionId: draft.sessionId ?? before.sessionId,
          ownsSession: before.ownsSession && (fields.sessionId ?? before.sessionId) === before.sessionId,
          updatedAt: now,
        };
        const resumes = state === 'on' && before.state !== 'on';
        if (state === 'paused') return { assignment: paused(changed) };
        if (!isNewTime && !resumes) return { assignment: changed };
        if (!isNewTime) return { assignment: resumed(changed, now) };
        const { trigger, timeZone, next } = understood(draft);
        const timed = { ...changed, trigger, timeZone };
        const fires = resumes || before.state !== 'paused';
        return { assignment: fires ? on(timed, next[0], now) : paused(timed) };
      }),
    async remove(id) {
      await keeper.change(id, (before) => {
        const { nextDueAt: _none, ...rest } = before;
        return { assignment: { ...rest, state: 'removed', updatedAt: isoNow(clock) } };
      });
    },
    restore: (id) =>
      keeper.change(id, (before) =>
        before.state === 'removed' ? { assignment: resumed(before, isoNow(clock)) } : undefined,
      ),
    async run(id) {
      const before = await store.assignments.get(id);
      if (before === undefined || before.state === 'removed') throw notFound(id);
      const run = newRun(before, { type: 'person' }, isoNow(clock));
      await keeper.change(id, (assignment) => ({
        assignment: withGlance(assignment, run),
        alongside: [{ type: 'run', isNew: true, run }],
      }));
      return { ...run, seq: 0 } as Run;
    },
    async renewHook(id) {
      const hookToken = newHookToken();
      const { trigger } = await keeper.change(id, (assignment) => {
        const { trigger, state } = assignment;
        if (state === 'removed') throw notFound(id);
        if (trigger.type !== 'event' || trigger.source.kind !== 'hook')
          throw new AppError('invalid_request', `“${assignment.title}” has no hook.`);
        return {
          assignment: { ...assignment, hookHint: hookToken.slice(-HINT_CHARS), updatedAt: isoNow(clock) },
          hookTokenHash: hashHookToken(hookToken),
        };
      });
      return keysOf(trigger, hookToken);
    },
  };

  /** It fires again at the next of its times as they were understood; what is over is done. */
  function resumed(assignment: Unnumbered<Assignment>, now: string): Unnumbered<Assignment> {
    const { trigger, timeZone } = assignment;
    if (trigger.type !== 'timer') return on(assignment, undefined, now);
    const [nextMs] = dueTimes(trigger.schedule, timeZone, clock.now(), 1);
    if (nextMs !== undefined) return on(assignment, new Date(nextMs).toISOString(), now);
    return { ...paused(assignment), state: 'done', stateNote: 'Its last time has passed.', updatedAt: now };
  }
}

function paused(assignment: Unnumbered<Assignment>): Unnumbered<Assignment> {
  const { nextDueAt: _none, ...rest } = assignment;
  return { ...rest, state: 'paused' };
}

function keysOf(trigger: Trigger, token: string): HookKeys {
  const isSigned = trigger.type === 'event' && trigger.source.kind === 'hook' && trigger.source.signed;
  return { token, ...(isSigned && { secret: hookSecret(token) }) };
}

const notFound = (id: string): AppError =>
  new AppError('assignment_not_found', `There is no assignment ${id}.`);
