import { randomUUID } from 'node:crypto';
import { ProtocolError } from '@modelcontextprotocol/server';
import { LineBatch } from '../output/line-batch.ts';
import { ProgressMeter, type ProgressUpdate } from '../progress/meter.ts';
import { type AnyTool, Refusal } from '../tool.ts';
import { type Answer, CannotAsk, type Progress, type Question, type StopReason, type Work } from '../work.ts';
import { type Ending, endingOf, failedEnding } from './ending.ts';
import { NumberedLines } from './numbered-lines.ts';

const TICK_MS = 100; // so at most ten progress notifications and ten log messages a second

/** Who is told while a job runs. Nobody is told the end by it: who wants that waits for `ended`. */
export interface Listener {
  progress(update: ProgressUpdate): void;
  /** @param next the number of the line after these, counted over all of the job */
  output(lines: string, next: number): void;
  /** Something is on its way still, so the next waits. */
  readonly isBusy: boolean;
}

/** Something that the job wants to know and has not been told yet. */
export interface OpenQuestion {
  readonly key: string;
  readonly question: Question;
}

/** One call of a tool, while it runs and after: the same thing behind a plain call and behind both kinds of tasks. */
export class Job {
  readonly id = randomUUID();
  readonly tool: string;
  readonly createdAt = new Date().toISOString();
  readonly ended: Promise<Ending>;
  readonly #output = new NumberedLines();
  readonly #batch = new LineBatch();
  readonly #meter = new ProgressMeter();
  readonly #startedMs = performance.now();
  readonly #abort = new AbortController();
  readonly #questions = new Map<string, OpenQuestion & { give(answer: Answer): void }>();
  readonly #watchers = new Set<() => void>();
  #listener: Listener | undefined;
  #lastUpdatedAt = this.createdAt;
  #stopReason: StopReason | undefined;
  #ending: Ending | undefined;

  /**
   * Begins the work.
   * @param args what the tool's own schema has let through
   * @param canAsk whether whoever follows this job can put a question to a person
   */
  constructor(tool: AnyTool, args: unknown, { canAsk, listener }: { canAsk: boolean; listener?: Listener }) {
    this.tool = tool.name;
    this.#listener = listener;
    const ticking = setInterval(() => this.#tell('due'), TICK_MS);
    this.ended = this.#run(tool, args, canAsk).then((ending) => {
      clearInterval(ticking);
      this.#tell('final');
      this.#ending = ending;
      this.#questions.clear();
      this.#changed();
      return ending;
    });
  }

  get ending(): Ending | undefined {
    return this.#ending;
  }

  get stopReason(): StopReason | undefined {
    return this.#stopReason;
  }

  get lastUpdatedAt(): string {
    return this.#lastUpdatedAt;
  }

  get progress(): Progress {
    return this.#meter.newest;
  }

  get newestOutput(): NumberedLines['newest'] {
    return this.#output.newest;
  }

  /** What is asked and not answered, in the order of asking. */
  get questions(): readonly OpenQuestion[] {
    return [...this.#questions.values()];
  }

  /** Another one is told from now on; or nobody, as of a task that is asked about. */
  listenedBy(listener: Listener | undefined): void {
    this.#listener = listener;
  }

  /** Asks the work to stop; `ended` follows when nothing of it is left. Only the first reason counts. */
  stop(reason: StopReason): void {
    if (this.#stopReason !== undefined || this.#ending !== undefined) return;
    this.#stopReason = reason;
    this.#abort.abort(new Error(reason));
    this.#questions.clear();
    this.#changed();
  }

  /** Answers that nobody asked for, or that come twice, do nothing. */
  answer(key: string, answer: Answer): void {
    const question = this.#questions.get(key);
    if (question === undefined) return;
    this.#questions.delete(key);
    this.#changed();
    question.give(answer);
  }

  /** Calls back when a question is asked or answered, a stop is asked for, and at the end; returns its undo. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  async #run(tool: AnyTool, args: unknown, canAsk: boolean): Promise<Ending> {
    const job = this;
    const work: Work = {
      signal: this.#abort.signal,
      get stopReason() {
        return job.#stopReason;
      },
      progress: (progress) => this.#meter.set(progress),
      output: (lines) => this.#batch.add(lines),
      canAsk,
      ask: (key, question) => (canAsk ? this.#ask(key, question) : Promise.reject(new CannotAsk())),
    };
    try {
      return endingOf(await tool.run(args, work), this.#stopReason);
    } catch (error) {
      const ending = failedEnding(error instanceof Error ? error.message : String(error), this.#stopReason);
      if (error instanceof ProtocolError) return { ...ending, error };
      if (!(error instanceof Refusal) && this.#stopReason === undefined) console.error(error);
      return ending;
    }
  }

  #ask(key: string, question: Question): Promise<Answer> {
    const { signal } = this.#abort;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const stopped = () => reject(signal.reason);
      signal.addEventListener('abort', stopped, { once: true });
      const give = (answer: Answer) => {
        signal.removeEventListener('abort', stopped);
        resolve(answer);
      };
      this.#questions.set(key, { key, question, give });
      this.#changed();
    });
  }

  #tell(when: 'due' | 'final'): void {
    const listener = this.#listener;
    if (when === 'due' && listener?.isBusy) return;
    const lines = this.#batch.take();
    if (lines !== undefined) {
      this.#output.add(lines);
      this.#lastUpdatedAt = new Date().toISOString();
    }
    if (this.#stopReason === 'cancelled') return;
    if (lines !== undefined) listener?.output(lines, this.#output.next);
    const update = this.#meter[when](performance.now() - this.#startedMs);
    if (update === undefined) return;
    this.#lastUpdatedAt = new Date().toISOString();
    listener?.progress(update);
  }

  #changed(): void {
    this.#lastUpdatedAt = new Date().toISOString();
    for (const changed of this.#watchers) changed();
  }
}
