import type { Message } from '../../store/records.ts';
import type { Usage } from './contract/types.ts';

/** What the steps of a chat have taken, as far as the providers told. */
export function sessionUsage(messages: readonly Message[]): Usage {
  const none = () => ({ inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 });
  const total = none();
  const turns = new Set<string>();
  const models = new Map<string, ReturnType<typeof none> & { modelId: string; cost?: number }>();
  const costs = new Map<string, number>();
  let steps = 0;
  for (const { turn } of messages) {
    if (turn === undefined) continue;
    turns.add(turn.id);
    steps += 1;
    const { usage, modelId } = turn;
    if (usage === undefined) continue;
    const model = models.get(modelId) ?? { modelId, ...none() };
    models.set(modelId, model);
    for (const sum of [total, model]) {
      sum.inputTokens += usage.inputTokens;
      sum.outputTokens += usage.outputTokens;
      sum.cachedInputTokens += usage.cachedInputTokens ?? 0;
    }
    if (usage.cost === undefined || usage.currency === undefined) continue;
    model.cost = (model.cost ?? 0) + usage.cost;
    costs.set(usage.currency, (costs.get(usage.currency) ?? 0) + usage.cost);
  }
  return {
    ...total,
    turns: turns.size,
    steps,
    costs: [...costs].map(([currency, cost]) => ({ currency, cost })),
    byModel: [...models.values()],
  };
}
