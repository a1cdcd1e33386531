/**
 * Runs several contestants in turn, in another order each round, so that none always has the warmer machine.
 * @returns for each contestant what each round gave
 */
export async function alternate<Name extends string, T>(
  rounds: number,
  contestants: Readonly<Record<Name, () => Promise<T>>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(contestants) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < rounds; round++)
    for (let place = 0; place < names.length; place++) {
      const name = names[(round + place) % names.length] as Name;
      results[name].push(await contestants[name]());
    }
  return results;
}
