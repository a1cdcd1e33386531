import type { RunOutput } from '../../runtime/output/run-output.ts';
import type { Work } from '../../runtime/work.ts';
import { openAskpass } from '../askpass/open-askpass.ts';
import { isAnswerable, type Prompt, readPrompt } from '../askpass/prompt.ts';
import { readPhase } from '../progress/read-phase.ts';
import type { Exclusive } from '../repository/exclusive.ts';
import { Mask } from '../secrets/mask.ts';
import { READ_ONLY_ENVIRONMENT } from './environment.ts';
import { type GitResult, runGit } from './run-git.ts';
import { StallWatch } from './stall-watch.ts';

/** What all tools of one server share. */
export interface GitContext {
  readonly folders: readonly string[];
  readonly remotes: readonly string[];
  readonly graceMs: number;
  readonly stallMs: number;
  readonly exclusive: Exclusive;
}

/** How a transfer ended. */
export interface TransferResult extends GitResult {
  /** It was ended because nothing came for so long. */
  readonly stalledMs?: number;
  /** What git or ssh asked and got no answer to; secrets masked. */
  readonly unanswered: readonly Prompt[];
}

interface ChangeOptions {
  readonly stdin?: string;
  /** stdout is what git says, not data. */
  readonly mixed?: boolean;
}

/** One call of a tool, as it runs git again and again. */
export class GitSession {
  readonly context: GitContext;
  readonly work: Work;
  readonly mask = new Mask();
  /** What is there if the work is stopped now, as a sentence. */
  remains = 'Nothing was changed.';
  #questions = 0;
  #phase = '';

  constructor(context: GitContext, work: Work) {
    this.context = context;
    this.work = work;
  }

  /**
   * Only looks: takes no locks, tells nothing. Rejects with the reason of the stop when the work is stopped.
   * @param evenWhenStopped for what has to be known after a stop
   */
  async look(cwd: string, args: readonly string[], evenWhenStopped = false): Promise<GitResult> {
    const { graceMs } = this.context;
    const signal = evenWhenStopped ? AbortSignal.timeout(LOOK_AFTER_STOP_MS) : this.work.signal;
    const result = await runGit({ args, cwd, graceMs, signal, env: READ_ONLY_ENVIRONMENT });
    if (!evenWhenStopped) signal.throwIfAborted();
    return { ...result, said: this.mask.hide(result.said) };
  }

  /** What a look gave, without the last line end; `undefined` when git said no. */
  async text(cwd: string, args: readonly string[], evenWhenStopped = false): Promise<string | undefined> {
    const { exitStatus, stdout } = await this.look(cwd, args, evenWhenStopped);
    return exitStatus === 0 ? stdout.replace(/\n$/, '') : undefined;
  }

  /** Changes something on this machine; tells progress and output. */
  async change(cwd: string, args: readonly string[], options: ChangeOptions = {}): Promise<TransferResult> {
    const { graceMs } = this.context;
    const { signal } = this.work;
    const result = await runGit({
      args,
      cwd,
      graceMs,
      signal,
      ...options,
      onOutput: (output) => this.#tell(output),
    });
    return { ...result, said: this.mask.hide(result.said), unanswered: [] };
  }

  /** Speaks with a remote: like `change`, and it is ended when nothing comes any more or nobody can answer. */
  async transfer(
    cwd: string,
    args: readonly string[],
    options: ChangeOptions & { quiet?: boolean } = {},
  ): Promise<TransferResult> {
    const { graceMs, stallMs } = this.context;
    const { quiet, ...rest } = options;
    const unanswered: Prompt[] = [];
    const stalled = new AbortController();
    let stalledMs: number | undefined;
    const watch = new StallWatch(
      stallMs,
      (silentMs) => this.#tellSilence(silentMs),
      (silentMs) => {
        stalledMs = silentMs;
        stalled.abort();
      },
    );
    const askpass = await openAskpass(async (asked) => {
      const prompt = readPrompt(this.mask.hide(asked));
      const answer = isAnswerable(prompt) ? await watch.pausedFor(this.#ask(prompt)) : undefined;
      if (answer === undefined) unanswered.push(prompt);
      return answer;
    });
    try {
      const result = await runGit({
        args,
        cwd,
        graceMs,
        ...rest,
        env: askpass.env,
        signal: AbortSignal.any([this.work.signal, stalled.signal]),
        onStart: (pid) => watch.watch(pid),
        onOutput: (output) => {
          watch.heard();
          if (!quiet) this.#tell(output);
        },
      });
      const said = this.mask.hide(result.said);
      return { ...result, said, unanswered, ...(stalledMs !== undefined && { stalledMs }) };
    } finally {
      watch.close();
      await askpass.close();
    }
  }

  /** With a list of remotes, submodules are left alone: their URLs are not looked at. */
  get submoduleOptions(): readonly string[] {
    return this.context.remotes.length === 0 ? [] : ['--no-recurse-submodules'];
  }

  #tell(output: RunOutput): void {
    for (const line of output.newestLines()) {
      const phase = readPhase(line);
      if (phase === undefined) continue;
      this.#phase = phase.message ?? '';
      this.work.progress(phase);
    }
    const lines = output.batch();
    if (lines !== undefined && lines.trim() !== '') this.work.output(`${this.mask.hide(lines)}\n`);
  }

  #tellSilence(silentMs: number): void {
    const message = `no data for ${Math.round(silentMs / 1_000)} s`;
    this.work.progress({ message: this.#phase === '' ? message : `${this.#phase}, ${message}` });
  }

  async #ask({ text }: Prompt): Promise<string | undefined> {
    if (!this.work.canAsk) return undefined;
    const trust = { type: 'boolean', title: 'Trust this host', description: 'Its key is remembered by ssh.' };
    try {
      const answer = await this.work.ask(`host-key-${++this.#questions}`, {
        message: text,
        schema: { type: 'object', properties: { trust }, required: ['trust'] },
      });
      return answer.action === 'accept' && answer.content.trust === true ? 'yes' : 'no';
    } catch {
      return undefined; // nobody can be asked, or the work is stopped
    }
  }
}

const LOOK_AFTER_STOP_MS = 10_000;
