import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Coffee, X } from 'lucide-react';
import { useState } from 'react';
import { ENDED_STATUSES } from '../../../task/status.ts';
import { api } from '../data/api.ts';
import { records } from '../data/records.ts';
import type { Assignment } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { useObservable } from '../hooks/use-record.ts';
import { formatRoughly } from '../text/duration.ts';
import { formatMoment } from '../text/when.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/class-names.ts';
import { type AwayAccount, isNews, type Outcome } from './account.ts';
import { Chats, Plans, Tasks } from './away-lists.tsx';
import { awaySince } from './last-seen.ts';
import { useAccount } from './use-account.ts';

/** For one who comes back: what ended, what runs, what needs somebody, what comes next. Live, until it is put away. */
export function AwayCard() {
  const since = useObservable(awaySince);
  const fetched = useQuery({
    queryKey: ['away', since],
    queryFn: async () => {
      const [tasks, assignments] = await Promise.all([
        api.tasks(`status=${ENDED_STATUSES.join(',')}`, 200),
        api.assignments('state=on,disabled', 200),
      ]);
      records.put('task', tasks.tasks, 'answer');
      records.put('assignment', assignments.assignments as readonly Assignment[], 'answer');
      records.flush();
      return true;
    },
    enabled: since !== undefined,
  });
  if (since === undefined || !fetched.isSuccess) return null;
  return <Card key={since} since={since} />;
}

const WORDS: Readonly<Record<Outcome, string>> = {
  failed: 'failed',
  lost: 'lost',
  completed: 'completed',
  cancelled: 'cancelled',
};

function Card({ since }: { readonly since: number }) {
  const account = useAccount(since);
  const [open, setOpen] = useState(false);
  const now = useNow(false);
  const [cameBack] = useState(now);
  if (!isNews(account)) return null;
  const { needs, asking, running, ended, disabled, next } = account;
  const bad = ended.filter(({ outcome }) => outcome === 'failed' || outcome === 'lost');
  const rest = ended.filter(({ outcome }) => outcome === 'completed' || outcome === 'cancelled');
  const more = running.length + rest.reduce((all, { tasks }) => all + tasks.length, 0);
  return (
    <section aria-label="While you were away" className="rounded-xl border border-line bg-raised shadow-card">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2 p-3 sm:px-4">
        <Coffee className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="text-sm font-semibold">While you were away</h2>
          <p className="text-sm text-soft">{summary(account)}</p>
          <p className="text-xs text-muted">
            For {formatRoughly(cameBack - since)}, since {formatMoment(new Date(since).toISOString(), now)}.
          </p>
        </div>
        <div className="flex items-center gap-1">
          {more > 0 && (
            <Button variant="ghost" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
              <ChevronRight className={cx('size-3.5', open && 'rotate-90')} aria-hidden />
              {open ? 'Show less' : 'Show all'}
            </Button>
          )}
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Dismiss"
            title="Dismiss"
            onClick={() => awaySince.set(undefined)}
          >
            <X className="size-4" aria-hidden />
          </Button>
        </div>
      </div>
      <div className="max-h-64 overflow-y-auto px-2 pb-2 empty:hidden sm:px-3">
        <Chats chats={asking} />
        <Tasks ids={needs.map(({ id }) => id)} title="Needs you" />
        {/* What went wrong is never folded away. */}
        {bad.map(({ outcome, tasks }) => (
          <Tasks key={outcome} ids={tasks.map(({ id }) => id)} title={capital(WORDS[outcome])} />
        ))}
        {disabled.length > 0 && (
          <Plans title="Turned off, as they failed too often" plans={disabled} now={now} />
        )}
        {open && <Tasks ids={running.map(({ id }) => id)} title="Running" />}
        {open &&
          rest.map(({ outcome, tasks }) => (
            <Tasks key={outcome} ids={tasks.map(({ id }) => id)} title={capital(WORDS[outcome])} />
          ))}
        {next.length > 0 && <Plans title="Comes next" plans={next} now={now} />}
      </div>
    </section>
  );
}

/** `1 needs you, 2 failed, 5 completed, 3 running.` */
function summary({ needs, asking, ended, running, disabled }: AwayAccount): string {
  const waiting = needs.length + asking.length;
  const counts = [
    waiting > 0 && `${waiting} ${waiting === 1 ? 'needs' : 'need'} you`,
    ...ended.map(({ outcome, tasks }) => `${tasks.length} ${WORDS[outcome]}`),
    running.length > 0 && `${running.length} running`,
    disabled.length > 0 &&
      `${disabled.length} ${disabled.length === 1 ? 'assignment' : 'assignments'} turned off`,
  ];
  return `${counts.filter(Boolean).join(', ')}.`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
