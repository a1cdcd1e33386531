import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { connection } from '../data/connection.ts';
import { reconnectNow } from '../data/sync.ts';
import { useObservable } from '../hooks/use-record.ts';
import { formatRoughly } from '../text/duration.ts';

/** While the line is cut: that it is, how old the data is, and a way to try at once. */
export function ConnectionPill() {
  const { phase, lostAt } = useObservable(connection);
  useEffect(() => {
    document.documentElement.dataset.line = lostAt === undefined ? 'live' : 'cut';
  }, [lostAt]);
  return (
    <div aria-live="polite" className="flex shrink-0 justify-center">
      {phase === 'ready' && lostAt !== undefined && <LostPill lostAt={lostAt} />}
    </div>
  );
}

function LostPill({ lostAt }: { readonly lostAt: number }) {
  // The clock of the host stands still meanwhile, so this counts by itself.
  const [since] = useState(() => Date.now());
  const [age, setAge] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setAge(Date.now() - since), 1_000);
    return () => clearInterval(timer);
  }, [since]);
  return (
    <div className="mx-3 mt-2.5 flex animate-enter items-center gap-2.5 rounded-full border border-needs/40 bg-needs-soft py-1 pr-1 pl-3 text-xs font-medium text-needs">
      <WifiOff className="size-3.5 shrink-0" aria-hidden />
      <span>Connection lost, reconnecting</span>
      <span aria-hidden className="tabular-nums max-sm:hidden" title={new Date(lostAt).toLocaleString()}>
        {`data is ${formatRoughly(age)} old`}
      </span>
      <button
        type="button"
        onClick={reconnectNow}
        className="rounded-full border border-needs/40 px-2.5 py-0.5 font-semibold hover:bg-needs hover:text-needs-soft"
      >
        Retry now
      </button>
    </div>
  );
}
