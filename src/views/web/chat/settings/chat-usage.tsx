import { useQuery } from '@tanstack/react-query';
import { api } from '../../data/api.ts';
import { formatCost, formatTokens } from '../../text/tokens.ts';

/** What the assistant has taken in a chat until now, as far as providers tell. */
export function ChatUsage({ sessionId }: { readonly sessionId: string }) {
  const { data } = useQuery({
    queryKey: ['usage', sessionId],
    queryFn: () => api.usage(sessionId),
    staleTime: 0,
  });
  if (data === undefined || data.turns === 0) return null;
  const { turns, inputTokens, outputTokens, costs } = data;
  const facts = [
    `${turns} ${turns === 1 ? 'turn' : 'turns'}`,
    `${formatTokens(inputTokens)} tokens read`,
    `${formatTokens(outputTokens)} written`,
    ...costs.map(({ currency, cost }) => formatCost(cost, currency)),
  ];
  return (
    <section>
      <h3 className="pb-1 text-sm font-semibold">Taken until now</h3>
      <p className="text-sm text-muted tabular-nums">{facts.join(' · ')}</p>
    </section>
  );
}
