import { type Assignment, DEFAULT_RULES } from '../../assignment/assignment.ts';
import type { AcceptedEvent, Run } from '../../assignment/run.ts';
import { newId } from '../../base/ids.ts';
import type { RunWrite, Unnumbered, Write } from '../ports.ts';

/* Assignments, runs and events for the tests of the store; nothing else uses them. */

/** A moment that is `minutes` after the others, ISO 8601 UTC. */
export const at = (minutes: number): string => new Date(AT_MS + minutes * 60_000).toISOString();
export const atMs = (minutes: number): number => AT_MS + minutes * 60_000;

const AT_MS = Date.parse('2026-01-02T03:04:05.678Z');

export const sampleAssignment = (more: Partial<Unnumbered<Assignment>> = {}): Unnumbered<Assignment> => ({
  id: newId('asg'),
  title: 'Back up the photos each night',
  state: 'on',
  trigger: {
    type: 'timer',
    schedule: { kind: 'cron', expression: '0 3 * * *' },
    text: 'every day at 3',
    words: 'Every day at 03:00',
  },
  work: { type: 'calls', calls: [{ server: 'files', tool: 'backup', arguments: { from: '/photos' } }] },
  timeZone: 'Europe/Berlin',
  rules: DEFAULT_RULES,
  sessionId: 'sess_1',
  ownsSession: true,
  createdAt: at(0),
  createdBy: 'person',
  updatedAt: at(0),
  strip: [],
  failuresInRow: 0,
  ...more,
});

export const sampleRun = (more: Partial<Unnumbered<Run>> = {}): Unnumbered<Run> => {
  const id = newId('run');
  return {
    id,
    assignmentId: 'asg_1',
    key: `timer ${id}`,
    cause: { type: 'timer', dueAt: at(0) },
    state: 'waiting',
    attempt: 1,
    notBefore: at(0),
    createdAt: at(0),
    steps: [],
    ...more,
  };
};

export const sampleEvent = (more: Partial<AcceptedEvent> = {}): AcceptedEvent => ({
  id: newId('evt'),
  type: 'file.created',
  at: at(0),
  data: { path: '/photos/zürich.jpg' },
  ...more,
});

export const assignmentWrite = (
  assignment: Unnumbered<Assignment>,
  hookTokenHash?: string | null,
): Write => ({
  type: 'assignment',
  assignment,
  ...(hookTokenHash === undefined ? {} : { hookTokenHash }),
});

export const runWrite = (
  run: Unnumbered<Run>,
  conditions: Pick<RunWrite, 'isNew' | 'expects' | 'takes'> = {},
): RunWrite => ({ type: 'run', run, ...conditions });
