import { Refusal } from '../runtime/tool.ts';
import type { Work } from '../runtime/work.ts';

/** Lets so many work at once; the others wait in line, first come, first served. */
export class Turns {
  readonly #atOnce: number;
  readonly #mayWait: number;
  readonly #line: { go(): void; moved(before: number): void }[] = [];
  #running = 0;

  constructor(atOnce: number, mayWait: number) {
    this.#atOnce = atOnce;
    this.#mayWait = mayWait;
  }

  /**
   * Does the work in its turn, and says meanwhile that it waits.
   * @throws {Refusal} when the line is full, or when it is stopped while it waits
   */
  async inTurn<Result>(work: Work, doIt: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#atOnce) this.#running++;
    else await this.#wait(work);
    try {
      return await doIt();
    } finally {
      this.#release();
    }
  }

  #wait(work: Work): Promise<void> {
    if (this.#line.length >= this.#mayWait)
      throw new Refusal(
        `${this.#run()} already and ${this.#line.length} wait in line, which is the limit (--max-concurrent, --max-waiting). Try again when one has ended.`,
      );
    return new Promise((resolve, reject) => {
      const stopped = () => {
        this.#line.splice(this.#line.indexOf(place), 1);
        this.#tell();
        reject(new Refusal('Stopped while it waited in line; nothing was started.'));
      };
      const place = {
        go() {
          work.signal.removeEventListener('abort', stopped);
          work.progress({ message: 'Starting' });
          resolve();
        },
        moved: (before: number) => work.progress({ message: this.#waiting(before) }),
      };
      if (work.signal.aborted) return reject(new Refusal('Stopped before it was started.'));
      work.signal.addEventListener('abort', stopped, { once: true });
      this.#line.push(place);
      place.moved(this.#line.length - 1);
    });
  }

  /** The one that has waited longest takes the place over, so `#running` stays. */
  #release(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#running--;
    else next.go();
    this.#tell();
  }

  #tell(): void {
    for (const [before, place] of this.#line.entries()) place.moved(before);
  }

  #waiting(before: number): string {
    return `Waiting: ${this.#run()} already${before === 0 ? '' : `, ${before} before this one`}`;
  }

  #run(): string {
    return this.#atOnce === 1 ? '1 command runs' : `${this.#atOnce} commands run`;
  }
}
