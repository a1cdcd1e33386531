import { Link } from '@tanstack/react-router';
import { CirclePause, RotateCcw, StepForward } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Message, TurnStep } from '../../data/types.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useModels } from '../../models/use-models.ts';
import { StatusIcon } from '../../task/status-icon.tsx';
import { formatDuration, formatElapsed, formatRoughly } from '../../text/duration.ts';
import { plainText } from '../../text/plain.ts';
import { formatCost } from '../../text/tokens.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { focusComposer } from '../focus-composer.ts';
import { continueTurn, retryTurn } from './act.ts';
import { MessageMenu } from './message-menu.tsx';
import type { Place } from './place.ts';
import { usageWords } from './usage.ts';
import { useTurnTotal } from './use-turn.ts';

interface TurnFootProps {
  readonly message: Message;
  readonly turn: TurnStep;
  readonly place: Place;
}

/** Below the last step of a turn: how the turn stands, and what can be done about it. */
export function TurnFoot({ message, turn, place }: TurnFootProps) {
  if (place === 'between') return null;
  switch (turn.state) {
    case 'running':
      return <Working message={message} turn={turn} />;
    case 'waiting':
      return null; // its questions say so
    case 'done':
      return <Total message={message} turn={turn} place={place} />;
    case 'stopped':
      return (
        <Halted
          message={message}
          icon={<CirclePause className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />}
          words={turn.error === undefined ? 'You stopped this answer.' : plainText(turn.error.message)}
          newest={place === 'newest'}
        />
      );
    case 'interrupted':
      return (
        <Halted
          message={message}
          icon={<CirclePause className="mt-0.5 size-4 shrink-0 text-needs" aria-hidden />}
          words="Interrupted: Meanwhile was stopped in the middle of this. What was said and done until then is kept."
          newest={place === 'newest'}
        />
      );
    case 'failed':
      return <Failed message={message} turn={turn} newest={place === 'newest'} />;
  }
}

/** What goes on while nothing of it can be seen yet. Words and rows that grow speak for themselves. */
function Working({ message, turn }: { readonly message: Message; readonly turn: TurnStep }) {
  const now = useNow(true);
  const { retry, startedAt } = turn;
  if (retry !== undefined) {
    const ms = Date.parse(retry.at) - now;
    return (
      <div className="flex items-start gap-2.5 rounded-lg bg-needs-soft px-3 py-2 text-sm text-needs">
        <StatusIcon look="quiet" className="mt-px" />
        <div className="min-w-0 flex-1">
          <p className="font-medium tabular-nums">
            {ms > 500 ? `Waits, and asks again in ${formatRoughly(ms)}` : 'Asks again now'}
            {retry.attempt > 1 && ` (attempt ${retry.attempt + 1})`}
          </p>
          <p className="break-words">{plainText(retry.message)}</p>
        </div>
      </div>
    );
  }
  const last = message.parts.at(-1);
  if (last !== undefined && last.type !== 'notice') return null;
  return (
    <p className="flex h-7 items-center gap-2 text-sm text-muted tabular-nums">
      <StatusIcon look="running" />
      Working… {formatElapsed(now - Date.parse(startedAt))}
    </p>
  );
}

function Total({ message, turn, place }: TurnFootProps) {
  const { usage, tookMs } = useTurnTotal(turn.id);
  const { data } = useModels();
  const model = data?.models.find(({ id }) => id === turn.modelId);
  const facts = [
    model?.title ?? model?.model ?? turn.modelId,
    tookMs > 0 && formatDuration(tookMs),
    usage !== undefined && usage.inputTokens + usage.outputTokens > 0 && usageWords(usage),
    usage?.cost !== undefined && usage.currency !== undefined && formatCost(usage.cost, usage.currency),
  ].filter((fact): fact is string => typeof fact === 'string');
  return (
    <div className="-mt-1 flex min-h-7 items-center gap-1 text-xs text-muted tabular-nums">
      <MessageMenu message={message} newest={place === 'newest'} />
      <span className="min-w-0 truncate">{facts.join(' · ')}</span>
    </div>
  );
}

function Halted({
  message,
  icon,
  words,
  newest,
}: {
  readonly message: Message;
  readonly icon: ReactNode;
  readonly words: string;
  readonly newest: boolean;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-sunken py-2 pr-2 pl-3 text-sm text-soft">
      <p className="flex min-w-0 flex-1 basis-60 items-start gap-2 break-words">
        {icon}
        {words}
      </p>
      {newest && <GoOn message={message} first="continue" />}
    </div>
  );
}

/** Keys and addresses are put right in the settings; nothing else there would help. */
const OF_SETTINGS = new Set(['model_key', 'model_address', 'model_model', 'no_model']);

function Failed({
  message,
  turn,
  newest,
}: {
  readonly message: Message;
  readonly turn: TurnStep;
  readonly newest: boolean;
}) {
  const { error } = turn;
  return (
    <Alert kind="bad">
      <p className="font-medium">The assistant could not go on</p>
      <p className="mt-0.5">{plainText(error?.message ?? 'Something went wrong.')}</p>
      {newest && (
        <div className="mt-2.5 flex flex-wrap gap-2">
          <GoOn message={message} first="retry" />
          {error !== undefined && OF_SETTINGS.has(error.code) && (
            <Link to="/settings/models" className={buttonClass('outline', 'sm')}>
              Look at the models
            </Link>
          )}
        </div>
      )}
    </Alert>
  );
}

/** Going on keeps what was said; trying again says it anew. */
function GoOn({ message, first }: { readonly message: Message; readonly first: 'continue' | 'retry' }) {
  const [busy, setBusy] = useState(false);
  const act = async (work: (message: Message) => Promise<boolean>): Promise<void> => {
    setBusy(true);
    if (await work(message)) focusComposer();
    else setBusy(false);
  };
  const continuing = (
    <Button key="continue" size="sm" disabled={busy} onClick={() => void act(continueTurn)}>
      <StepForward className="size-3.5" aria-hidden />
      Continue
    </Button>
  );
  const again = (
    <Button
      key="retry"
      size="sm"
      variant={first === 'retry' ? 'outline' : 'ghost'}
      disabled={busy}
      onClick={() => void act(retryTurn)}
    >
      <RotateCcw className="size-3.5" aria-hidden />
      Try again
    </Button>
  );
  const hasSaid = message.parts.length > 0;
  if (first === 'retry')
    return (
      <>
        {again}
        {hasSaid && continuing}
      </>
    );
  return (
    <span className="flex flex-wrap gap-1.5">
      {continuing}
      {again}
    </span>
  );
}
