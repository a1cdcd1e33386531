/**
 * Runs several contestants in turn, in another order each round, so that none always has the warmer machine.
 * @returns for each contestant what each round gave
 */
export async function alternate<Contestants extends Readonly<Record<string, () => Promise<unknown>>>>(
  rounds: number,
  contestants: Contestants,
): Promise<{ [Name in keyof Contestants]: Awaited<ReturnType<Contestants[Name]>>[] }> {
  const names = Object.keys(contestants);
  const results: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (let place = 0; place < names.length; place++) {
      const name = names[(round + place) % names.length] as string;
      results[name]?.push(await contestants[name]?.());
    }
  return results as { [Name in keyof Contestants]: Awaited<ReturnType<Contestants[Name]>>[] };
}
