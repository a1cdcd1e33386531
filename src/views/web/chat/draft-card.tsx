import { Link } from '@tanstack/react-router';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { HookKeysDialog } from '../assignments/hook-keys-dialog.tsx';
import { StateWord } from '../assignments/state-word.tsx';
import { api } from '../data/api.ts';
import { errorWords, ProblemError } from '../data/client.ts';
import { records } from '../data/records.ts';
import type { Assignment, DraftPart, HookAddress, Message } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { useRecord } from '../hooks/use-record.ts';
import { summariseArguments } from '../text/arguments.ts';
import { plainText } from '../text/plain.ts';
import { formatDistance, formatZoned, formatZonedFully } from '../text/zoned.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/class-names.ts';

interface DraftCardProps {
  readonly part: DraftPart;
  readonly message: Message;
}

/** An assignment that waits for a yes: what was understood, when it would run, and what should be known before. */
export function DraftCard({ part, message }: DraftCardProps) {
  const { preview, draft, state } = part;
  const open = state === 'open';
  return (
    <section
      aria-label={`Assignment to confirm: ${preview.title}`}
      className={cx(
        'w-full overflow-hidden rounded-xl border bg-raised shadow-card',
        open ? 'border-accent/40' : 'border-line',
      )}
    >
      <div className="flex gap-3 p-4">
        <CalendarClock className="mt-0.5 size-4.5 shrink-0 text-accent" aria-hidden />
        <div className="flex min-w-0 flex-1 flex-col gap-2.5">
          <div>
            <p
              className={cx(
                'text-sm font-semibold break-words',
                state === 'dropped' && 'text-muted line-through',
              )}
            >
              {plainText(preview.title)}
            </p>
            <p className="text-sm text-soft">{preview.words}</p>
            {part.by === 'assistant' && (
              <p className="text-xs text-muted">
                The assistant proposes {part.changes === undefined ? 'this' : 'to change the assignment so'}.
                Nothing is done before you confirm it.
              </p>
            )}
          </div>
          {!isSaid(draft.work, preview.title) && <WorkLines work={draft.work} />}
          {open && <NextTimes next={preview.next} zone={preview.timeZone} />}
          {open && preview.warnings.length > 0 && (
            <ul
              aria-label="Warnings"
              className="flex flex-col gap-1 rounded-lg bg-needs-soft px-3 py-2 text-xs text-needs"
            >
              {preview.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <Decision part={part} message={message} />
    </section>
  );
}

/** Whether the title says all of what it does. */
const isSaid = (work: DraftPart['draft']['work'], title: string): boolean =>
  work.type === 'text' && work.text.trim() === title;

function WorkLines({ work }: Pick<DraftPart['draft'], 'work'>) {
  if (work.type === 'text')
    return <p className="text-sm break-words whitespace-pre-wrap">{plainText(work.text)}</p>;
  return (
    <ol className="flex flex-col gap-1">
      {work.calls.map(({ server, tool, arguments: args }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a card keep their places
        <li key={at} className="truncate text-sm">
          <span className="font-medium">{`${server}.${tool}`}</span>{' '}
          <span className="font-mono text-xs text-muted">{summariseArguments(args)}</span>
        </li>
      ))}
    </ol>
  );
}

function NextTimes({ next, zone }: { readonly next: readonly string[]; readonly zone: string }) {
  const now = useNow(true);
  if (next.length === 0) return null;
  return (
    <ol aria-label="Next times" className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted tabular-nums">
      {next.slice(0, 3).map((at, index) => (
        <li key={at}>
          <time dateTime={at} title={formatZonedFully(at, zone)}>
            {formatZoned(at, zone, now)}
          </time>
          {index === 0 && ` (${formatDistance(at, now)})`}
        </li>
      ))}
      {next.length > 3 && <li aria-hidden>…</li>}
    </ol>
  );
}

const FOOT = 'flex flex-wrap items-center gap-2 border-t border-line px-4 py-3 text-sm';

function Decision({ part, message }: DraftCardProps) {
  const [busy, setBusy] = useState<'make' | 'drop'>();
  const [refused, setRefused] = useState<string>();
  const [keys, setKeys] = useState<HookAddress>();
  const settle = async (action: 'make' | 'drop'): Promise<void> => {
    setBusy(action);
    setRefused(undefined);
    try {
      const answer = await api.settleDraft(message.sessionId, message.id, action);
      records.put('message', [answer.message], 'answer');
      if (answer.assignment !== undefined)
        records.put('assignment', [answer.assignment as Assignment], 'answer');
      records.flush();
      const { hookUrl, hookSecret } = answer;
      if (hookUrl !== undefined) setKeys({ hookUrl, ...(hookSecret !== undefined && { hookSecret }) });
    } catch (error) {
      const settled = error instanceof ProblemError && error.problem.code === 'draft_settled';
      setRefused(settled ? `It was settled elsewhere. ${errorWords(error)}` : errorWords(error));
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <>
      {part.state === 'open' ? (
        <div className={FOOT}>
          <Button
            size="sm"
            variant="primary"
            disabled={busy !== undefined}
            onClick={() => void settle('make')}
          >
            {part.changes !== undefined ? 'Change it' : busy === 'make' ? 'Making…' : 'Make it'}
          </Button>
          <Button size="sm" variant="ghost" disabled={busy !== undefined} onClick={() => void settle('drop')}>
            Drop it
          </Button>
          {refused !== undefined && (
            <p role="alert" className="min-w-0 flex-1 text-xs break-words text-bad">
              {refused}
            </p>
          )}
        </div>
      ) : (
        <div role="status" className={cx(FOOT, 'text-muted')}>
          {part.state === 'dropped' ? 'Dropped. Nothing was made of it.' : <Made part={part} />}
        </div>
      )}
      {keys !== undefined && <HookKeysDialog keys={keys} onClose={() => setKeys(undefined)} />}
    </>
  );
}

function Made({ part }: { readonly part: DraftPart }) {
  const assignment = useRecord('assignment', part.assignmentId);
  if (part.assignmentId === undefined) return 'Made.';
  return (
    <>
      <span>Made:</span>
      <Link
        to="/assignments/$assignmentId"
        params={{ assignmentId: part.assignmentId }}
        className="min-w-0 truncate font-medium text-accent-ink hover:underline"
      >
        {assignment?.title ?? part.preview.title}
      </Link>
      {assignment !== undefined && <StateWord state={assignment.state} />}
    </>
  );
}
