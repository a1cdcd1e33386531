import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../data/api.ts';
import { records } from '../data/records.ts';
import type { SearchPage } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { useSettled } from '../hooks/use-settled.ts';
import { formatWhen } from '../text/when.ts';

type Hit = SearchPage['hits'][number];

/** Where the words that one looks for were said, the newest first. */
export function FoundMessages({ q }: { readonly q: string }) {
  const settled = useSettled(q, 250);
  const { data, isFetching } = useQuery({
    queryKey: ['search', settled],
    queryFn: async ({ signal }) => {
      const page = await api.search(settled, signal);
      // Chats older than those that every page has are listed with the others once they are found.
      records.put('session', page.sessions, 'answer');
      return page;
    },
    enabled: settled.length > 1,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const hits = settled.length > 1 ? (data?.hits ?? []) : [];
  const isOld = isFetching || settled !== q;
  return (
    <section aria-label="Said in chats" className="mt-3">
      <h3 className="px-2.5 pb-1 text-2xs font-medium text-muted">Said in chats</h3>
      {hits.length === 0 ? (
        <p role="status" className="px-2.5 text-xs text-muted">
          {q.length < 2 ? 'Two letters or more.' : isOld ? 'Looking…' : 'Nobody said that.'}
        </p>
      ) : (
        <ul className={isOld ? 'opacity-60' : undefined}>
          {hits.map((hit) => (
            <FoundMessage key={hit.messageId} hit={hit} />
          ))}
        </ul>
      )}
    </section>
  );
}

function FoundMessage({ hit }: { readonly hit: Hit }) {
  const now = useNow(false);
  return (
    <li>
      <Link
        to="/chat/$sessionId"
        params={{ sessionId: hit.sessionId }}
        className="flex flex-col gap-0.5 rounded-lg px-2.5 py-1.5 hover:bg-hover"
      >
        <span className="flex items-baseline gap-2 text-2xs text-muted">
          <span className="min-w-0 flex-1 truncate font-medium">{hit.sessionTitle}</span>
          <time dateTime={hit.at} className="shrink-0 tabular-nums">
            {formatWhen(hit.at, now)}
          </time>
        </span>
        <span className="line-clamp-2 text-xs break-words text-soft">
          {pieces(hit.excerpt).map(({ text, isFound, from }) =>
            isFound ? (
              <mark key={from} className="rounded-xs bg-accent-soft text-ink">
                {text}
              </mark>
            ) : (
              text
            ),
          )}
        </span>
      </Link>
    </li>
  );
}

interface Piece {
  readonly text: string;
  readonly isFound: boolean;
  readonly from: number;
}

/** The text in order, cut where words that were found begin and end. */
function pieces({ text, found }: Hit['excerpt']): readonly Piece[] {
  const all: Piece[] = [];
  let at = 0;
  for (const { from, to } of found) {
    if (from > at) all.push({ text: text.slice(at, from), isFound: false, from: at });
    all.push({ text: text.slice(from, to), isFound: true, from });
    at = to;
  }
  return [...all, { text: text.slice(at), isFound: false, from: at }];
}
