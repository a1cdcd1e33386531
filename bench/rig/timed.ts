/** Runs `once` so many times, one after the other. @returns the duration of each, in milliseconds */
export async function timed(count: number, once: (index: number) => Promise<unknown>): Promise<Float64Array> {
  const durationsMs = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const startedMs = performance.now();
    await once(index);
    durationsMs[index] = performance.now() - startedMs;
  }
  return durationsMs;
}
