import { Link } from '@tanstack/react-router';
import { Bell, CalendarClock, FolderInput, Repeat } from 'lucide-react';
import { Logo } from '../../shell/logo.tsx';
import type { ExampleName } from '../form/examples.ts';

const EXAMPLES: readonly (readonly [ExampleName, typeof Bell, string, string])[] = [
  ['backup', Repeat, 'Every weekday at 9:00, back up Documents', 'A timer that repeats, and a tool to use.'],
  [
    'file',
    FolderInput,
    'When a file lands in the workspace, look at it',
    'An event of a server, and what it tells of it.',
  ],
  ['reminder', Bell, 'In 20 minutes, remind me', 'A timer that fires once, and a text.'],
];

/** What stands here before there is anything: what an assignment is, and three to begin with. */
export function NoAssignments() {
  return (
    <div className="mx-auto my-auto flex w-full max-w-2xl flex-col gap-6 px-4 py-8">
      <div className="flex flex-col items-center gap-3 text-center">
        <Logo className="size-10" />
        <h2 className="text-xl font-semibold tracking-tight text-balance">Do this later</h2>
        <p className="max-w-md text-sm text-balance text-muted">
          An assignment runs at its times, or when something happens. Every run is tracked as a task, and its
          result comes into a chat. Begin with one of these, and change what you like:
        </p>
      </div>
      <ul className="flex flex-col gap-2.5">
        {EXAMPLES.map(([name, Icon, title, words]) => (
          <li key={name}>
            <Link
              to="/assignments/new"
              search={{ example: name }}
              className="flex items-center gap-3.5 rounded-xl border border-line bg-raised px-4 py-3.5 shadow-card hover:border-line-strong hover:bg-hover"
            >
              <Icon className="size-5 shrink-0 text-accent" aria-hidden />
              <span className="min-w-0 flex-1">
                <span className="block text-sm font-medium">{title}</span>
                <span className="block text-xs text-muted">{words}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap items-center justify-center gap-1.5 text-center text-xs text-muted">
        <CalendarClock className="size-3.5" aria-hidden />
        In a chat: <code className="font-mono">/remind in 20 minutes …</code>
        <code className="font-mono">/every weekday at 9:00 …</code>
        <code className="font-mono">/when task failed …</code>
      </p>
    </div>
  );
}
