import type { TurnUsage } from '../../data/types.ts';
import { formatTokens } from '../../text/tokens.ts';

/** What several steps took together. The cost is told only where it is known of each, in one currency. */
export function sumUsage(usages: readonly (TurnUsage | undefined)[]): TurnUsage | undefined {
  const known = usages.filter((usage) => usage !== undefined);
  if (known.length === 0) return undefined;
  const sum = (pick: (usage: TurnUsage) => number) => known.reduce((all, usage) => all + pick(usage), 0);
  const currency = known[0]?.currency;
  const hasCost = known.every((usage) => usage.cost !== undefined && usage.currency === currency);
  const cached = sum((usage) => usage.cachedInputTokens ?? 0);
  return {
    inputTokens: sum((usage) => usage.inputTokens),
    outputTokens: sum((usage) => usage.outputTokens),
    ...(cached > 0 && { cachedInputTokens: cached }),
    ...(hasCost && { cost: sum((usage) => usage.cost ?? 0) }),
    ...(hasCost && currency !== undefined && { currency }),
  };
}

/** `1.2k tokens read, 340 written`, for a quiet line. */
export function usageWords({ inputTokens, outputTokens }: TurnUsage): string {
  return `${formatTokens(inputTokens)} tokens read, ${formatTokens(outputTokens)} written`;
}
