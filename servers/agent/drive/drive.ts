import type { EndTreeResult } from '../../../process-tree/end.ts';
import type { KeptOutput } from '../../runtime/output/capped-output.ts';
import type { Work } from '../../runtime/work.ts';
import type { Agent } from '../agents/agent.ts';
import type { PermissionRule } from '../options.ts';

/** All in milliseconds. */
export interface Limits {
  /** For an agent to stop by itself, and again between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  /** Without any output or message; 0: as long as it takes. */
  readonly idleMs: number;
  /** Quiet after a line that asks for something, until it is taken for waiting. */
  readonly promptMs: number;
  /** For an ACP agent to answer its first request. */
  readonly startMs: number;
}

/** One agent, set to work on one task. */
export interface Drive {
  readonly agent: Agent;
  readonly task: string;
  /** The real path. */
  readonly workspace: string;
  readonly limits: Limits;
  readonly permissions: PermissionRule;
  readonly work: Work;
  /** Aborted when it shall stop, for whatever reason. */
  readonly stop: AbortSignal;
  onStart(pid: number): void;
}

/** How a drive ended. Nothing of the agent is left then, unless `tree.left` says so. */
export interface DriveEnd {
  /**
   * `finished`: the agent says it is done. `failed`: it could not, or did not say so. `stopped`: it was told to.
   * `idle` and `waiting`: it was ended because nothing came, or because it waited for somebody to type.
   */
  readonly outcome: 'finished' | 'failed' | 'stopped' | 'idle' | 'waiting';
  /** Unless it has finished: a sentence. */
  readonly why?: string;
  /** What stopped it: its own word over ACP, or the end of its processes. */
  readonly stoppedBy?: 'protocol' | 'processes';
  /** Why an ACP agent ended its turn. */
  readonly stopReason?: string;
  readonly exitStatus: number | null;
  readonly signal: string | null;
  readonly durationMs: number;
  readonly tree: EndTreeResult;
  readonly lastWords: { readonly text: string; readonly isCut: boolean };
  readonly output: KeptOutput;
  readonly permissions: readonly PermissionRecord[];
}

/** One request of an agent for permission, and what became of it. */
export interface PermissionRecord {
  readonly asked: string;
  readonly decision: 'allowed' | 'rejected' | 'cancelled';
  /** Who decided. `nobody`: no one could be asked. */
  readonly by: 'person' | 'setting' | 'nobody' | 'stop';
}

/** What every agent is started with beside our own environment: nothing that waits for a person. */
export const AGENT_ENV = { GIT_TERMINAL_PROMPT: '0', PAGER: 'cat', GIT_PAGER: 'cat', NO_COLOR: '1' };

/** Of an agent that was never started. */
export const NO_PROCESS = {
  exitStatus: null,
  signal: null,
  durationMs: 0,
  tree: { left: 0, remaining: [], ended: 0, killed: 0 },
  lastWords: { text: '', isCut: false },
  output: { text: '', totalBytes: 0, cutBytes: 0 },
  permissions: [],
} as const;
