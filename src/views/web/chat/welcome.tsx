import { useQuery } from '@tanstack/react-query';
import { Bell, HardDriveDownload, Hourglass, TerminalSquare } from 'lucide-react';
import { useState } from 'react';
import { api } from '../data/api.ts';
import { Logo } from '../shell/logo.tsx';
import { Button } from '../ui/button.tsx';
import { Key } from '../ui/key.tsx';
import { NoModel } from './no-model.tsx';
import { TryItDialog } from './try-it-dialog.tsx';

const POINTS = [
  [
    TerminalSquare,
    'Start work here',
    'Ask for something in words, or use a tool directly by typing / below.',
  ],
  [
    Hourglass,
    'Go on meanwhile',
    'Work that takes long moves to the background by itself, with its progress in view.',
  ],
  [Bell, 'Get the result', 'When it ends, the result is put into this chat, also after a restart.'],
] as const;

/** The first thing seen in an empty chat: what this is, and a first piece of real work to try. */
export function Welcome() {
  const welcome = useQuery({ queryKey: ['welcome'], queryFn: api.welcome });
  const [open, setOpen] = useState(false);
  const offer = welcome.data;
  const canTry = offer !== undefined && offer.folders.length > 0;
  return (
    <div className="my-auto flex flex-col gap-5 py-6 sm:gap-7">
      <div className="flex flex-col items-center gap-4 text-center">
        <Logo className="size-12" />
        <div>
          <h1 className="text-2xl font-semibold tracking-tight text-balance">Long work, in the background</h1>
          <p className="mx-auto mt-2 max-w-md text-md text-balance text-muted">
            An assistant that uses the tools of your MCP servers, and keeps track of what takes long, so that
            you need not wait.
          </p>
        </div>
      </div>
      <NoModel />
      {canTry && (
        <div className="flex flex-col items-start gap-4 rounded-xl border border-line bg-accent-soft/60 p-4 sm:flex-row sm:items-center">
          <HardDriveDownload className="size-6 shrink-0 text-accent-ink" aria-hidden />
          <div className="flex-1">
            <h2 className="text-sm font-semibold">Try it with something real</h2>
            <p className="mt-0.5 text-sm text-soft">
              Back up a folder of yours and watch it happen. You choose which one.
            </p>
          </div>
          <Button variant="primary" onClick={() => setOpen(true)}>
            Try it
          </Button>
          <TryItDialog welcome={offer} open={open} onOpenChange={setOpen} />
        </div>
      )}
      <ul className="grid gap-3 sm:grid-cols-3">
        {POINTS.map(([Icon, title, words]) => (
          <li key={title} className="rounded-xl border border-line bg-raised p-4 shadow-card">
            <Icon className="size-4.5 text-accent" aria-hidden />
            <h2 className="mt-2.5 text-sm font-semibold">{title}</h2>
            <p className="mt-1 text-sm text-muted">{words}</p>
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap items-center justify-center gap-1.5 text-xs text-muted">
        Type <Key>/</Key> to see all tools, or <code className="font-mono">/help</code> for what else can be
        written.
      </p>
    </div>
  );
}
