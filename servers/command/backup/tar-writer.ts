import { type Header, type Pack, pack } from 'tar-stream';

export type NamedHeader = Partial<Header> & { readonly name: string };

/** Writes one entry after the other into a tar stream; nothing waits for ever when nobody takes the stream any more. */
export class TarWriter {
  readonly stream: Pack = pack();
  #isClosed = false;
  /** Ends what is waited for now. */
  #fail: (error: Error) => void = () => {};

  constructor() {
    this.stream.on('error', () => {}); // told by whoever reads the stream
    this.stream.once('close', () => {
      this.#isClosed = true;
      this.#fail(new Error('nobody takes the archive any more'));
    });
  }

  /** A folder or a link. */
  add(header: NamedHeader): Promise<void> {
    return this.#wait((settle) => void this.#entry(header, settle));
  }

  /** A file; the pieces must be as many bytes as the header says. */
  async addFile(header: NamedHeader, pieces: AsyncIterable<Buffer>): Promise<void> {
    const { promise: ended, resolve: end } = Promise.withResolvers<Error | null | undefined>();
    const sink = this.#entry(header, end);
    for await (const piece of pieces)
      if (!sink.write(piece)) await this.#wait((settle) => sink.once('drain', () => settle()));
    sink.end(undefined);
    await this.#wait((settle) => void ended.then(settle));
  }

  end(): void {
    this.stream.finalize();
  }

  #entry(header: NamedHeader, settle: (error?: Error | null) => void) {
    const sink = this.stream.entry(header, settle);
    sink.on('error', () => {}); // told by `settle`; without a listener it would end the program
    return sink;
  }

  #wait(start: (settle: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      if (this.#isClosed) return reject(new Error('nobody takes the archive any more'));
      start((error) => (error ? reject(error) : resolve()));
    });
  }
}
