import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks until the answer is there. For what other processes do, which no event of ours tells.
 * @throws {Error} with the last answer, after `withinMs`
 */
export async function eventually<T>(
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`did not happen within ${withinMs} ms: ${ask}`);
    await pause(10);
  }
}
