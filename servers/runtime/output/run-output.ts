import { StringDecoder } from 'node:string_decoder';
import { CappedOutput, type KeptOutput } from './capped-output.ts';
import { clean } from './clean.ts';
import { FoldLines } from './fold-lines.ts';
import { LineBatch } from './line-batch.ts';
import { NewestLines } from './newest-lines.ts';

type StreamName = 'stdout' | 'stderr';

/** Where the output of one run goes: what is kept for the result, batches of lines, and the newest lines. */
export class RunOutput {
  readonly #kept = new CappedOutput();
  readonly #batch = new LineBatch();
  readonly #streams = { stdout: newStream(), stderr: newStream() };

  add(name: StreamName, bytes: Buffer): void {
    const stream = this.#streams[name];
    const text = stream.decoder.write(bytes);
    stream.newest.add(text);
    this.#keep(stream.fold.add(text));
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
    for (const { decoder, fold, newest } of Object.values(this.#streams)) {
      const rest = decoder.end();
      newest.add(rest);
      this.#keep(fold.add(rest) + fold.rest());
    }
    const kept = this.#kept.kept();
    return { ...kept, text: clean(kept.text) };
  }

  #keep(lines: string): void {
    if (lines === '') return;
    this.#kept.add(lines);
    this.#batch.add(lines);
  }
}

const newStream = () => ({
  decoder: new StringDecoder('utf8'),
  fold: new FoldLines(),
  newest: new NewestLines(),
});
