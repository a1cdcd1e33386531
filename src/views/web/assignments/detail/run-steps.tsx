import { Link } from '@tanstack/react-router';
import { usageWords } from '../../../../assignment/usage.ts';
import type { Run, RunStep } from '../../data/types.ts';
import { indentedJson, summariseArguments } from '../../text/arguments.ts';
import { formatDuration } from '../../text/duration.ts';
import { Output } from '../../ui/output.tsx';
import { RunIcon } from '../run-look.tsx';

const STATES = {
  pending: ['waiting', 'not begun'],
  sent: ['running', 'on its way'],
  completed: ['completed', 'completed'],
  failed: ['failed', 'failed'],
  cancelled: ['cancelled', 'cancelled'],
  lost: ['lost', 'its end is not known'],
} as const;

/** What a run did, step by step, and what it was fired by. */
export function RunSteps({ run }: { readonly run: Run }) {
  const { cause } = run;
  const events = 'events' in cause ? (cause.events ?? []) : [];
  return (
    <div className="flex flex-col gap-3">
      <ol className="flex flex-col gap-2.5" aria-label="Steps">
        {run.steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps keep their places
          <Step key={at} step={step} />
        ))}
      </ol>
      {events.length > 0 && (
        <details className="text-sm">
          <summary className="w-fit rounded text-xs font-medium text-muted hover:text-ink">
            {events.length === 1 ? 'The event' : `The ${events.length} events`}
          </summary>
          <div className="pt-2">
            <Output text={events.slice(-20).map(indentedJson).join('\n')} label="Events" />
          </div>
        </details>
      )}
    </div>
  );
}

function Step({ step }: { readonly step: RunStep }) {
  const { call, startedAt, endedAt } = step;
  const [icon, words] = STATES[step.state];
  const name = call.server === '' ? 'the assistant' : `${call.server}.${call.tool}`;
  const tookMs =
    startedAt === undefined || endedAt === undefined
      ? undefined
      : Date.parse(endedAt) - Date.parse(startedAt);
  return (
    <li className="flex flex-col gap-1.5">
      <div className="flex min-w-0 items-center gap-2 text-sm">
        <RunIcon state={icon} className="scale-90" />
        <span className="shrink-0 font-medium">{name}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-xs text-muted">
          {call.server === '' ? '' : summariseArguments(call.arguments)}
        </span>
        <span className="shrink-0 text-xs text-muted tabular-nums">
          {words}
          {tookMs !== undefined && ` · ${formatDuration(tookMs)}`}
          {step.usage !== undefined && ` · ${usageWords(step.usage)}`}
        </span>
        {step.taskId !== undefined && (
          <Link
            to="/tasks/$taskId"
            params={{ taskId: step.taskId }}
            className="shrink-0 text-xs font-medium text-accent-ink hover:underline"
          >
            Task
          </Link>
        )}
      </div>
      {step.failure !== undefined && <p className="text-xs break-words text-bad">{step.failure}</p>}
      {step.preview !== undefined && step.preview.trim() !== '' && (
        <Output text={step.preview} label={`Output of ${name}`} />
      )}
    </li>
  );
}
