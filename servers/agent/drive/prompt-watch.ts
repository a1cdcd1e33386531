import { clean } from '../../runtime/output/clean.ts';
import { promptLine } from './prompt-line.ts';

export type Prompt = NonNullable<ReturnType<typeof promptLine>>;

const KEEP = 2_000;
/** How much longer than a sure one a doubtful one must stand still; a model may pause behind such a line. */
const DOUBT = 10;

/** Tells once when output has stood still for a while at a line that wants something typed. */
export class PromptWatch {
  readonly #waitMs: number;
  readonly #onPrompt: (line: string) => void;
  #tail = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(waitMs: number, onPrompt: (line: string) => void) {
    this.#waitMs = waitMs;
    this.#onPrompt = onPrompt;
  }

  add(text: string): void {
    this.#tail = (this.#tail + text).slice(-KEEP);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const prompt = promptLine(clean(this.#tail));
      if (prompt?.isSure) this.#onPrompt(prompt.line);
      else if (prompt) this.#timer = setTimeout(() => this.#onPrompt(prompt.line), this.#waitMs * DOUBT);
    }, this.#waitMs);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
