import { Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useOpenStep } from '../chat/assistant/use-turn.ts';
import { foundChats, newestSessions } from '../chat/sessions.ts';
import type { Session } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { useRecord, useRecords } from '../hooks/use-record.ts';
import { useRunningIn } from '../task/use-tasks.ts';
import { formatWhen } from '../text/when.ts';
import { cx } from '../ui/class-names.ts';
import { ChatSearch } from './chat-search.tsx';
import { FoundMessages } from './found-messages.tsx';
import { usePath } from './use-path.ts';

const recentIds = (all: readonly Session[]): readonly string[] =>
  newestSessions(all)
    .slice(0, 40)
    .map((session) => session.id);

export function RecentChats() {
  const [search, setSearch] = useState('');
  const q = search.trim();
  const ids = useRecords(
    'session',
    useCallback(
      (all: readonly Session[]) =>
        q === '' ? recentIds(all) : newestSessions(foundChats(all, q)).map(({ id }) => id),
      [q],
    ),
  );
  const none = q === '' ? 'Your chats will be listed here.' : 'No chat has such a title.';
  return (
    <section aria-labelledby="recent-chats" className="mt-5 flex min-h-0 flex-1 flex-col">
      <h2 id="recent-chats" className="px-5.5 pb-1 text-xs font-medium text-muted">
        Chats
      </h2>
      <ChatSearch value={search} onChange={setSearch} />
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-3">
        {ids.length === 0 ? (
          <p role="status" className="px-2.5 pt-1 text-xs text-muted">
            {none}
          </p>
        ) : (
          <ul>
            {ids.map((id) => (
              <RecentChat key={id} id={id} />
            ))}
          </ul>
        )}
        {q !== '' && <FoundMessages q={q} />}
      </div>
    </section>
  );
}

function RecentChat({ id }: { readonly id: string }) {
  const session = useRecord('session', id);
  const running = useRunningIn(id);
  const turn = useOpenStep(id)?.turn?.state;
  const now = useNow(false);
  const current = usePath() === `/chat/${id}`;
  if (session === undefined) return null;
  return (
    <li>
      <Link
        to="/chat/$sessionId"
        params={{ sessionId: id }}
        aria-current={current ? 'page' : undefined}
        className={cx(
          'flex h-8 items-center gap-2 rounded-lg px-2.5 text-sm text-soft hover:bg-hover hover:text-ink pointer-coarse:h-11',
          current && 'bg-pressed text-ink hover:bg-pressed',
        )}
      >
        <span className="min-w-0 flex-1 truncate" title={session.title}>
          {session.title}
        </span>
        {turn === 'waiting' ? (
          <span className="shrink-0 rounded-md bg-needs-soft px-1.5 text-2xs leading-5 font-medium text-needs">
            asks you
          </span>
        ) : turn === 'running' ? (
          <span className="shrink-0 text-2xs text-muted">answers…</span>
        ) : running > 0 ? (
          <span className="shrink-0 rounded-md bg-accent-soft px-1.5 text-2xs leading-5 font-medium text-accent-ink tabular-nums">
            {running} running
          </span>
        ) : (
          <time dateTime={session.updatedAt} className="shrink-0 text-2xs text-muted tabular-nums">
            {formatWhen(session.updatedAt, now)}
          </time>
        )}
      </Link>
    </li>
  );
}
