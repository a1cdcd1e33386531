import type { SessionUpdate } from '@agentclientprotocol/sdk';
import type { KeptOutput } from '../../../runtime/output/capped-output.ts';
import { NewestLines } from '../../../runtime/output/newest-lines.ts';
import { RunOutput } from '../../../runtime/output/run-output.ts';
import type { Work } from '../../../runtime/work.ts';
import type { DriveEnd } from '../drive.ts';
import { LastWords } from '../last-words.ts';
import { tellMeanwhile } from '../telling.ts';
import { NOTHING_TOLD, progressOf, readUpdate } from './updates.ts';

/** Everything that an ACP agent tells during its turn: passed on meanwhile, and kept for the result. */
export class Transcript {
  readonly #work: Work;
  readonly #output = new RunOutput();
  readonly #words = new LastWords();
  readonly #spoken = new NewestLines();
  readonly #telling: { finish(): KeptOutput };
  #told = NOTHING_TOLD;
  #isInLine = false;

  constructor(work: Work) {
    this.#work = work;
    this.#telling = tellMeanwhile(this.#output, work, () => {
      const line = this.#spoken.take().at(-1);
      if (line !== undefined) work.progress(progressOf(this.#told.plan, line));
    });
  }

  update(update: SessionUpdate): void {
    const { told, progress, line, text } = readUpdate(this.#told, update);
    this.#told = told;
    if (progress) {
      this.#spoken.take(); // older than this
      this.#work.progress(progress);
    }
    if (line !== undefined) {
      this.line(line);
      this.#words.pause();
    }
    if (text === undefined) return;
    this.#words.add(text);
    this.#spoken.add(text);
    this.#log(text);
  }

  /** A line of its own, with its line end. */
  line(line: string): void {
    this.#log(this.#isInLine ? `\n${line}` : line);
  }

  stderr(bytes: Buffer): void {
    this.#output.add('stderr', bytes);
  }

  finish(): Pick<DriveEnd, 'output' | 'lastWords'> {
    return { output: this.#telling.finish(), lastWords: this.#words.take() };
  }

  #log(text: string): void {
    this.#output.add('stdout', Buffer.from(text));
    this.#isInLine = !text.endsWith('\n');
  }
}
