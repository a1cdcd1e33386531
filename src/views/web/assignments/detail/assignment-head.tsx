import { Link, useNavigate } from '@tanstack/react-router';
import { Copy, Pause, Pencil, Play, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { triggerWords } from '../../../../assignment/trigger-words.ts';
import { usageWords } from '../../../../assignment/usage.ts';
import type { Assignment } from '../../data/types.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useRecord } from '../../hooks/use-record.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { removeAssignment, runNow, setFiring } from '../assignment-actions.ts';
import { StateWord } from '../state-word.tsx';
import { workWords } from '../work-words.ts';
import { HookAddressFact } from './hook-address.tsx';
import { NextTimes } from './next-times.tsx';
import { comparison, type Usual } from './usual.ts';

/** What it is, when it fires, how long it takes, and what can be done with it. */
export function AssignmentHead({
  assignment,
  usual,
}: {
  readonly assignment: Assignment;
  readonly usual: Usual | undefined;
}) {
  const { title, state, stateNote, trigger } = assignment;
  const now = useNow(true);
  const compared = comparison(usual, assignment.lastRun);
  return (
    <header className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{title}</h1>
        <StateWord state={state} />
      </div>
      {state === 'disabled' && (
        <Alert kind="bad">
          <p className="font-medium">{stateNote ?? 'It failed too often and was turned off.'}</p>
          <p className="mt-0.5">Look at its last runs below. Resume turns it on again.</p>
        </Alert>
      )}
      <Actions assignment={assignment} />
      <dl className="grid gap-x-8 gap-y-3 rounded-xl border border-line bg-sunken/60 px-4 py-3.5 sm:grid-cols-2">
        <Fact name="When">{triggerWords(trigger)}</Fact>
        <Fact name="What">{workWords(assignment.work)}</Fact>
        {state === 'on' && <NextTimes assignment={assignment} now={now} />}
        {state === 'done' && stateNote !== undefined && <Fact name="Done">{stateNote}</Fact>}
        {compared !== undefined && (
          <Fact name="How long">
            <span className={compared.isLate ? 'text-needs' : undefined}>{compared.text}</span>
          </Fact>
        )}
        {assignment.usage !== undefined && <Fact name="Taken so far">{usageWords(assignment.usage)}</Fact>}
        <Fact name="Results go to">
          <ChatLink sessionId={assignment.sessionId} own={assignment.ownsSession} />
        </Fact>
        <HookAddressFact assignment={assignment} />
      </dl>
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="mt-0.5 text-sm break-words">{children}</dd>
    </div>
  );
}

function ChatLink({ sessionId, own }: { readonly sessionId: string; readonly own: boolean }) {
  const session = useRecord('session', sessionId);
  return (
    <Link
      to="/chat/$sessionId"
      params={{ sessionId }}
      className="font-medium text-accent-ink hover:underline"
    >
      {own ? 'its own chat' : (session?.title ?? 'a chat')}
    </Link>
  );
}

function Actions({ assignment }: { readonly assignment: Assignment }) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const { id, state } = assignment;
  const act = (work: () => Promise<boolean>) => async (): Promise<void> => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  const remove = async (): Promise<boolean> => {
    const done = await removeAssignment(assignment);
    if (done) await navigate({ to: '/assignments' });
    return done;
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" variant="primary" disabled={busy} onClick={act(() => runNow(assignment))}>
        <Play className="size-3.5" aria-hidden />
        Run now
      </Button>
      {state === 'on' && (
        <Button size="sm" disabled={busy} onClick={act(() => setFiring(assignment, false))}>
          <Pause className="size-3.5" aria-hidden />
          Pause
        </Button>
      )}
      {(state === 'paused' || state === 'disabled') && (
        <Button size="sm" disabled={busy} onClick={act(() => setFiring(assignment, true))}>
          <RotateCw className="size-3.5" aria-hidden />
          Resume
        </Button>
      )}
      <Link
        to="/assignments/$assignmentId/edit"
        params={{ assignmentId: id }}
        className={buttonClass('outline', 'sm')}
      >
        <Pencil className="size-3.5" aria-hidden />
        Edit
      </Link>
      <Link to="/assignments/new" search={{ from: id }} className={buttonClass('outline', 'sm')}>
        <Copy className="size-3.5" aria-hidden />
        Duplicate
      </Link>
      <Button size="sm" variant="danger" disabled={busy} onClick={act(remove)}>
        <Trash2 className="size-3.5" aria-hidden />
        Delete
      </Button>
    </div>
  );
}
