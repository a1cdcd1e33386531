import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { showToast } from '../data/toasts.ts';
import { useNow } from '../hooks/use-now.ts';
import { formatMoment } from '../text/when.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';

/** The answers that were given once and for all, and a way to take each back. */
export function RememberedAnswers() {
  const queries = useQueryClient();
  const now = useNow(false);
  const answers = useQuery({ queryKey: ['remembered'], queryFn: api.remembered, staleTime: 0 });
  const forget = async (id: string): Promise<void> => {
    try {
      await api.forgetAnswer(id);
    } catch (error) {
      showToast(errorWords(error), { kind: 'error' });
    }
    await queries.invalidateQueries({ queryKey: ['remembered'] });
  };
  if (answers.isError) return <Alert kind="bad">{errorWords(answers.error)}</Alert>;
  const all = answers.data?.remembered ?? [];
  if (all.length === 0)
    return (
      <p className="text-sm text-muted">
        None yet. When the assistant asks for a tool, “Always allow this tool” puts one here.
      </p>
    );
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {all.map(({ id, server, tool, allow, at }) => (
        <li key={id} className="flex items-center gap-3 py-2 pr-2 pl-3">
          {allow ? (
            <Check className="size-4 shrink-0 text-good" aria-hidden />
          ) : (
            <X className="size-4 shrink-0 text-bad" aria-hidden />
          )}
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">
              {tool === undefined ? `All tools of ${server}` : `${server}.${tool}`}
            </span>
            <span className="block text-xs text-muted">
              {allow ? 'Always allowed' : 'Always declined'} since {formatMoment(at, now)}
            </span>
          </span>
          <Button
            size="sm"
            variant="ghost"
            onClick={() => void forget(id)}
            aria-label={`Ask again for ${id}`}
          >
            Ask again
          </Button>
        </li>
      ))}
    </ul>
  );
}
