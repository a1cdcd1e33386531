import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Task } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { TaskQuestions } from '../question/task-questions.tsx';
import { indentedJson } from '../text/arguments.ts';
import { formatDuration, formatElapsed, formatRoughly } from '../text/duration.ts';
import { plainText } from '../text/plain.ts';
import { viewProgress } from '../text/progress.ts';
import { formatMoment } from '../text/when.ts';
import { Output } from '../ui/output.tsx';
import { AssignmentLink } from './assignment-link.tsx';
import { ChildTasks } from './child-tasks.tsx';
import { FollowUps } from './follow-ups/follow-ups.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { RunAgain } from './run-again.tsx';
import { StatusWord } from './status-word.tsx';
import { StopActions } from './stop-actions.tsx';
import { TaskLog } from './task-log.tsx';
import { TaskTimeline } from './task-timeline.tsx';
import { TaskTrouble } from './task-trouble.tsx';
import { elapsedMs, isActive, lookOf, sourceName } from './view.ts';
import { WholeResult } from './whole-result.tsx';

interface TaskDetailProps {
  readonly task: Task;
  /** Shown beside its own chat: no link to it. */
  readonly inChat?: boolean;
  /** Nothing else is on the page: its title is the page's. */
  readonly alone?: boolean;
}

/** Everything that is known of one task. */
export function TaskDetail({ task, inChat, alone }: TaskDetailProps) {
  const [Title, Heading] = alone ? (['h1', 'h2'] as const) : (['h2', 'h3'] as const);
  const now = useNow(isActive(task));
  return (
    <article aria-label={task.title} className="flex flex-col gap-6">
      <header className="flex flex-col gap-3">
        <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
          <Title className="min-w-0 flex-[1_1_12rem] text-lg font-semibold tracking-tight break-words">
            {task.title}
          </Title>
          <StopActions task={task} />
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <StatusWord look={lookOf(task, now)} />
          {!inChat && task.sessionId !== undefined && (
            <Link
              to="/chat/$sessionId"
              params={{ sessionId: task.sessionId }}
              search={{ task: task.id }}
              className="font-medium text-accent-ink hover:underline"
            >
              Open its chat
            </Link>
          )}
          <AssignmentLink task={task} />
        </div>
        <Running task={task} now={now} />
      </header>
      <TaskQuestions task={task} />
      <TaskTrouble task={task} now={now} />
      <ChildTasks task={task} heading={Heading} />
      <RunAgain task={task} />
      {isActive(task) && task.delivery.state !== 'none' && (
        <Section heading={Heading} title="Then">
          <FollowUps key={task.id} task={task} />
        </Section>
      )}
      {task.result !== undefined && (
        <Section heading={Heading} title="Result" aside={<WholeResult task={task} />}>
          <Output text={task.result.preview} label="Result" />
        </Section>
      )}
      <Section heading={Heading} title="Facts">
        <Facts task={task} now={now} />
      </Section>
      <Section heading={Heading} title="Log">
        <TaskLog key={task.id} task={task} />
      </Section>
      {task.source.args !== undefined && Object.keys(task.source.args).length > 0 && (
        <Section heading={Heading} title="Arguments">
          <Output text={indentedJson(task.source.args)} label="Arguments" />
        </Section>
      )}
      <Section heading={Heading} title="Timeline">
        <TaskTimeline task={task} now={now} />
      </Section>
    </article>
  );
}

interface SectionProps {
  readonly heading: 'h2' | 'h3';
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

function Section({ heading: Heading, title, aside, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between">
        <Heading className="text-xs font-semibold tracking-wide text-muted uppercase">{title}</Heading>
        {aside}
      </div>
      {children}
    </section>
  );
}

function Running({ task, now }: { readonly task: Task; readonly now: number }) {
  const { fraction, percent, amount } = viewProgress(task.progress);
  const phase = plainText(task.progress?.message ?? task.statusMessage ?? '');
  // Its progress counts the steps that were begun; that all are done is said by its status.
  if (task.source.type === 'assignment' && task.status === 'completed') return null;
  if (fraction === undefined && (!isActive(task) || task.status === 'input_required')) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <ProgressBar
        fraction={fraction}
        look={lookOf(task, now)}
        label="Progress"
        valueText={amount ?? percent}
        className="h-1.5"
      />
      <div className="flex justify-between gap-3 text-xs text-muted tabular-nums">
        <span className="min-w-0 break-words">{isActive(task) ? phase || amount : amount}</span>
        <span className="shrink-0">
          {isActive(task) && phase && amount ? `${amount} · ` : ''}
          <span className="font-medium text-ink">{percent}</span>
        </span>
      </div>
    </div>
  );
}

function Facts({ task, now }: { readonly task: Task; readonly now: number }) {
  const active = isActive(task);
  const facts: readonly (readonly [string, ReactNode] | false)[] = [
    [
      'Source',
      <code key="s" className="font-mono text-xs">
        {sourceName(task)}
      </code>,
    ],
    ['Started', formatMoment(task.startedAt, now)],
    [
      'Took' as const,
      active ? `${formatElapsed(elapsedMs(task, now))} so far` : formatDuration(elapsedMs(task, now)),
    ],
    task.expected !== undefined && [
      'Usual',
      `${formatRoughly(task.expected.medianMs)}, at most ${formatRoughly(task.expected.p90Ms)} nine times out of ten (${task.expected.runs} runs)`,
    ],
    task.contactLost !== undefined && ['No contact', `since ${formatMoment(task.contactLost.since, now)}`],
    active && ['Last sign of life', `${formatRoughly(now - Date.parse(task.aliveAt))} ago`],
    [
      'Task',
      <code key="t" className="font-mono text-xs break-all">
        {task.id}
      </code>,
    ],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-sm">
      {facts.map((fact) =>
        fact === false ? null : (
          <div key={fact[0]} className="contents">
            <dt className="text-muted">{fact[0]}</dt>
            <dd className="min-w-0 break-words tabular-nums">{fact[1]}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
