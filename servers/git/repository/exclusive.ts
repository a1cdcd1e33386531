import { Refusal } from '../../runtime/tool.ts';

/** Lets one operation at a time change a repository; a second is refused, because it would only meet locks. */
export class Exclusive {
  readonly #running = new Map<string, { readonly what: string; readonly since: Date }>();

  /**
   * Runs `work` as the one that changes `key`.
   * @param key the real path of the git directory, or of the clone to be
   * @param what the name of the operation, for others
   * @throws {Refusal} when another is running
   */
  async run<T>(key: string, what: string, field: string, work: () => Promise<T>): Promise<T> {
    const other = this.#running.get(key);
    if (other !== undefined) {
      const since = other.since.toISOString().slice(11, 19);
      throw new Refusal(
        `${field}: ${other.what} has been running there since ${since} UTC; wait for its end or cancel it`,
      );
    }
    this.#running.set(key, { what, since: new Date() });
    try {
      return await work();
    } finally {
      this.#running.delete(key);
    }
  }
}
