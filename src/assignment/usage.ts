/** What models have taken: tokens as their providers count them, and what they cost, where a model has a price. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** One entry for each currency. */
  readonly costs: readonly { readonly currency: string; readonly cost: number }[];
}

/** The sum of several; undefined where no model was asked. */
export function sumOfUsage(all: readonly (Usage | undefined)[]): Usage | undefined {
  const known = all.filter((each) => each !== undefined);
  if (known.length === 0) return undefined;
  const costs = new Map<string, number>();
  for (const { currency, cost } of known.flatMap((each) => each.costs))
    costs.set(currency, (costs.get(currency) ?? 0) + cost);
  return {
    inputTokens: known.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    outputTokens: known.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
    costs: [...costs].map(([currency, cost]) => ({ currency, cost })),
  };
}

/** Such as `1,234 tokens, 0.0123 USD`. */
export function usageWords({ inputTokens, outputTokens, costs }: Usage): string {
  const tokens = `${(inputTokens + outputTokens).toLocaleString('en')} tokens`;
  return [
    tokens,
    ...costs.map(({ currency, cost }) => `${cost < 0.1 ? cost.toFixed(4) : cost.toFixed(2)} ${currency}`),
  ].join(', ');
}
