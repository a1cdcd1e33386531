import type { ProcessIdentity } from '../../../process-tree/identity.ts';

/** One run as others see it: in `list_agents`, in a refusal, and in the folder that all servers share. */
export interface RunRecord {
  /** Such as `run_3f9c21ab`. */
  readonly run: string;
  readonly agent: string;
  /** The real path. */
  readonly workspace: string;
  /** The beginning of the task. */
  readonly task: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** The server process under which it runs. */
  readonly server: ProcessIdentity;
  /** The agent's own process once it has started; it may outlive a server that was killed. */
  readonly process?: ProcessIdentity;
}

const TASK_LENGTH = 80;

/** The beginning of a task, as one line. */
export function firstWords(task: string): string {
  const line = task.trim().replace(/\s+/g, ' ');
  return line.length > TASK_LENGTH ? `${line.slice(0, TASK_LENGTH - 1)}…` : line;
}

/** `run_3f9c21ab: claude, since 2026-11-26T14:00:00.000Z, on "Fix the tests"` */
export function describeRun({ run, agent, since, task }: RunRecord): string {
  return `${run}: ${agent}, since ${since}, on "${task}"`;
}
