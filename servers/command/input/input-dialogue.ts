import type { RunningProcess } from '../../runtime/process/start-process.ts';
import type { Answer, Question, Work } from '../../runtime/work.ts';
import { hidesInput } from './echo.ts';
import { asksForSecret } from './prompts.ts';
import { isWorthLooking, waitsForInput } from './waiting.ts';

const LOOK_MS = 250;
/** What Ctrl-D types; a terminal stays open behind it. */
const END_OF_INPUT = '\x04';

/** What came of a command's waiting for input. */
export interface InputAccount {
  /** The line at which it waited last; `null` when it never did. */
  readonly waitedFor: string | null;
  /** How many of its questions were answered. */
  readonly answered: number;
  /** Why it was ended over that, as the end of a sentence; `null` when it was not. */
  readonly refusal: string | null;
}

export interface InputDialogueOptions {
  readonly run: RunningProcess;
  readonly work: Work;
  /** Whether a person may be asked at all. */
  readonly mayAsk: boolean;
  /** The line without an end, and how many pieces of output have come. */
  readonly output: { unfinishedLine(): string; readonly pieces: number };
}

/** Notices when a command waits for input, and gets it from a person, or ends it and says at what it waited. */
export class InputDialogue {
  readonly #options: InputDialogueOptions;
  #pieces = -1;
  #stillSinceMs = 0;
  #lookAtMs = 0;
  #wasWaiting = false;
  #isBusy = false;
  #waitedFor: string | null = null;
  #answered = 0;
  #refusal: string | null = null;

  constructor(options: InputDialogueOptions) {
    this.#options = options;
  }

  get account(): InputAccount {
    return { waitedFor: this.#waitedFor, answered: this.#answered, refusal: this.#refusal };
  }

  /** To be called often. */
  tick(nowMs: number): void {
    const { output, run } = this.#options;
    if (this.#isBusy || this.#refusal !== null) return;
    if (output.pieces !== this.#pieces) {
      this.#pieces = output.pieces;
      this.#stillSinceMs = nowMs;
      this.#wasWaiting = false;
    }
    const silentMs = nowMs - this.#stillSinceMs;
    if (!isWorthLooking(silentMs) || nowMs < this.#lookAtMs) return;
    this.#lookAtMs = nowMs + LOOK_MS;
    const isWaiting = waitsForInput({
      silentMs,
      line: output.unfinishedLine(),
      isReading: run.isReadingInput(),
    });
    // Twice in a row, because a look may catch a program that reads what is just about to come.
    if (isWaiting && this.#wasWaiting) void this.#meet();
    this.#wasWaiting = isWaiting;
  }

  async #meet(): Promise<void> {
    const { work, mayAsk, run, output } = this.#options;
    const { terminal } = run;
    this.#isBusy = true;
    const line = output.unfinishedLine().trim();
    this.#waitedFor = line;
    try {
      if (asksForSecret(line) || (terminal !== undefined && (await hidesInput(terminal))))
        return this.#refuse(
          'which asks for a secret, and secrets are not asked for in a form. Give it by a file, an agent, or a variable of the server',
        );
      if (!mayAsk) return this.#refuse('and this server is set to refuse that');
      if (!work.canAsk) return this.#refuse('and nobody can be asked through this client');
      work.progress({ message: `Waits for input: ${line || '(it has printed no question)'}` });
      await this.#take(await work.ask(`input-${this.#answered + 1}-${output.pieces}`, question(line)));
    } catch {
      // stopped meanwhile
    } finally {
      this.#isBusy = false;
      this.#wasWaiting = false;
      this.#lookAtMs = 0;
    }
  }

  #take(answer: Answer): void {
    const { run, output } = this.#options;
    if (output.pieces !== this.#pieces) return; // it has gone on without; what it asks now is asked anew
    if (answer.action !== 'accept') {
      this.#refuse('and the question was not answered');
      return;
    }
    this.#answered++;
    this.#stillSinceMs = performance.now();
    const { input = '', end } = answer.content;
    if (end === true && run.terminal !== undefined) run.stdin?.write(END_OF_INPUT);
    else if (end === true) run.stdin?.end();
    else run.stdin?.write(`${String(input).replace(/[\r\n]+$/, '')}\n`);
  }

  #refuse(why: string): void {
    this.#refusal = why;
    this.#options.run.stop();
  }
}

const question = (line: string): Question => ({
  message: line === '' ? 'The command waits for input.' : `The command waits for input at: ${line}`,
  schema: {
    type: 'object',
    properties: {
      input: { type: 'string', title: 'Input', description: 'One line; Enter is added. No passwords.' },
      end: {
        type: 'boolean',
        title: 'End of input',
        description: 'Tell the command that nothing more comes, instead of the line',
        default: false,
      },
    },
  },
});
