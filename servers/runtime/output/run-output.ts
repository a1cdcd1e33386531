import { StringDecoder } from 'node:string_decoder';
import { CappedOutput, type KeptOutput } from './capped-output.ts';
import { clean } from './clean.ts';
import { FoldLines } from './fold-lines.ts';
import { LineBatch } from './line-batch.ts';
import { NewestLines } from './newest-lines.ts';
import { toReturns } from './redraws.ts';
import { SecretMask } from './secret-mask.ts';

type StreamName = 'stdout' | 'stderr';

/** Where the output of one run goes: what is kept for the result, batches of lines, and the newest lines. */
export class RunOutput {
  readonly #kept = new CappedOutput();
  readonly #batch = new LineBatch();
  readonly #streams: Record<StreamName, ReturnType<typeof newStream>>;
  #newest: StreamName = 'stdout';
  #pieces = 0;

  /** @param mask what is taken out of all that this gives away */
  constructor(mask = new SecretMask([])) {
    this.#streams = { stdout: newStream(mask), stderr: newStream(mask) };
  }

  add(name: StreamName, bytes: Buffer): void {
    const stream = this.#streams[name];
    this.#newest = name;
    this.#pieces++;
    this.#take(stream, stream.masked.add(toReturns(stream.decoder.write(bytes))));
  }

  /** Grows whenever output comes. */
  get pieces(): number {
    return this.#pieces;
  }

  /** The line that stands without an end, as the newest stream has it; empty when there is none. */
  unfinishedLine(): string {
    return clean(this.#streams[this.#newest].fold.pending);
  }

  /** Lines for the log since the last time. */
  batch(): string | undefined {
    const text = this.#batch.take();
    return text === undefined ? undefined : clean(text);
  }

  /** The newest lines of both streams since the last time, clean. */
  newestLines(): string[] {
    const { stdout, stderr } = this.#streams;
    return [...stdout.newest.take(), ...stderr.newest.take()];
  }

  /** After the end: lets the unfinished last lines through and says what is kept. */
  finish(): KeptOutput {
    for (const stream of Object.values(this.#streams)) {
      this.#take(stream, stream.masked.add(stream.decoder.end()) + stream.masked.rest());
      this.#keep(stream.fold.rest());
    }
    const kept = this.#kept.kept();
    return { ...kept, text: clean(kept.text) };
  }

  #take({ newest, fold }: ReturnType<typeof newStream>, text: string): void {
    newest.add(text);
    this.#keep(fold.add(text));
  }

  #keep(lines: string): void {
    if (lines === '') return;
    this.#kept.add(lines);
    this.#batch.add(lines);
  }
}

const newStream = (mask: SecretMask) => ({
  decoder: new StringDecoder('utf8'),
  masked: mask.stream(),
  fold: new FoldLines(),
  newest: new NewestLines(),
});
