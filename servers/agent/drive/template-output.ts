import { StringDecoder } from 'node:string_decoder';
import type { KeptOutput } from '../../runtime/output/capped-output.ts';
import { toMessage } from '../../runtime/output/clean.ts';
import { RunOutput } from '../../runtime/output/run-output.ts';
import type { Work } from '../../runtime/work.ts';
import type { DriveEnd } from './drive.ts';
import { LastWords } from './last-words.ts';
import { type Readable, ReadableLines } from './readable-lines.ts';
import { tellMeanwhile } from './telling.ts';

/** Everything that an agent's program puts out: passed on meanwhile, and kept for the result. */
export class TemplateOutput {
  readonly #output = new RunOutput();
  readonly #decoders = { stdout: new StringDecoder(), stderr: new StringDecoder() };
  readonly #lines = new ReadableLines();
  readonly #words = { stdout: new LastWords(), stderr: new LastWords() };
  readonly #telling: { finish(): KeptOutput };
  #result: Readable['result'];

  constructor(work: Work) {
    this.#telling = tellMeanwhile(this.#output, work, () => {
      const line = this.#output.newestLines().at(-1);
      if (line !== undefined) work.progress({ message: toMessage(line) });
    });
  }

  /** Returns it as readable text. */
  add(stream: 'stdout' | 'stderr', bytes: Buffer): string {
    const text = this.#decoders[stream].write(bytes);
    return this.#take(stream, stream === 'stdout' ? this.#lines.add(text) : { log: text, said: text });
  }

  /** `failure`: what the agent's own last event calls one. */
  finish(): Pick<DriveEnd, 'output' | 'lastWords'> & { readonly failure?: string } {
    this.#take('stdout', this.#lines.rest());
    const result = this.#result;
    if (result !== undefined) this.#words.stdout.replace(result.text);
    const [said, complained] = [this.#words.stdout.take(), this.#words.stderr.take()];
    return {
      output: this.#telling.finish(),
      lastWords: said.text === '' ? complained : said,
      ...(result?.isError && { failure: toMessage(result.text, 500) }),
    };
  }

  #take(stream: 'stdout' | 'stderr', { log, said, result }: Readable): string {
    this.#output.add(stream, Buffer.from(log));
    this.#words[stream].add(said);
    this.#result = result ?? this.#result;
    return log;
  }
}
