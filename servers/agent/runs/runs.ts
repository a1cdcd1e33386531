import { randomBytes } from 'node:crypto';
import { identify, isSame } from '../../../process-tree/identity.ts';
import { claim, post, runsOn } from './run-board.ts';
import { describeRun, firstWords, type RunRecord } from './run-record.ts';

/** A run of this server. */
export interface Run {
  readonly record: RunRecord;
  /** Aborted by `cancel_task`. */
  readonly cancelled: AbortSignal;
  /** To be called when the agent's process is there. */
  started(pid: number): void;
  /** To be called once, with what is said about how it ended. */
  end(summary: string): void;
}

/** A run that is over, or will be: `ended` resolves with what is said about its end. */
export interface KnownRun {
  readonly record: RunRecord;
  readonly isOver: boolean;
  readonly ended: Promise<string>;
  cancel(): void;
}

const KEEP_ENDED = 50;

/** What runs, and what ran lately. */
export class Runs {
  readonly #folder: string;
  readonly #limit: number;
  readonly #running = new Map<string, KnownRun>();
  readonly #over = new Map<string, KnownRun>();

  /** `folder`: where all agent servers say what runs. */
  constructor(folder: string, limit: number) {
    this.#folder = folder;
    this.#limit = limit;
  }

  /** Begins a run, or says in words why it may not begin. `workspace` is a real path. */
  begin(agent: string, workspace: string, task: string): Run | { readonly refused: string } {
    if (this.#running.size >= this.#limit)
      return { refused: `${this.#limit} agents work already, which is the limit (--max-concurrent).` };
    const run = `run_${randomBytes(4).toString('hex')}`;
    const server = identify(process.pid) ?? { pid: process.pid, startedAt: '' };
    const since = new Date().toISOString();
    const record = { run, agent, workspace, task: firstWords(task), since, server };
    const claimed = claim(this.#folder, record);
    if ('busy' in claimed) return { refused: refusal(workspace, claimed.busy) };
    const controller = new AbortController();
    const { promise: ended, resolve } = Promise.withResolvers<string>();
    const known = { record, isOver: false, ended, cancel: () => controller.abort(new Error('cancelled')) };
    this.#running.set(run, known);
    const started = (pid: number) => {
      const process = identify(pid);
      if (process) post(this.#folder, { ...record, process });
    };
    const end = (summary: string) => {
      claimed.release();
      this.#running.delete(run);
      this.#over.set(run, { ...known, isOver: true });
      const oldest = this.#over.keys().next().value;
      if (this.#over.size > KEEP_ENDED && oldest !== undefined) this.#over.delete(oldest);
      resolve(summary);
    };
    return { record, cancelled: controller.signal, started, end };
  }

  /** A run of this server by its id, also one that ended lately. */
  find(run: string): KnownRun | undefined {
    return this.#running.get(run) ?? this.#over.get(run);
  }

  /** The runs of this server. */
  get running(): readonly KnownRun[] {
    return [...this.#running.values()];
  }

  /** All runs that are there, those of other servers too. */
  everywhere(): readonly RunRecord[] {
    return runsOn(this.#folder);
  }
}

function refusal(workspace: string, busy: RunRecord): string {
  const where = busy.workspace === workspace ? 'there' : `in ${busy.workspace}`;
  const way = isSame(busy.server)
    ? 'Wait for it, or end it with cancel_task.'
    : `Its server is gone; the agent still works as process ${busy.process?.pid}.`;
  return `workspace: an agent works ${where} already, one at a time. ${describeRun(busy)}. ${way}`;
}
