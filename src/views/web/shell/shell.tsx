import { Link, Outlet } from '@tanstack/react-router';
import { ListChecks, Menu, SquarePen } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import { useEffect, useState } from 'react';
import { connection } from '../data/connection.ts';
import { PHONE, useMedia } from '../hooks/use-media.ts';
import { useObservable } from '../hooks/use-record.ts';
import { StoppingBanner } from '../host/stopping-banner.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Announcer } from './announcer.tsx';
import { ConnectionPill } from './connection-pill.tsx';
import { HelpOverlay } from './help-overlay.tsx';
import { Logo } from './logo.tsx';
import { Sidebar, TaskBadge } from './sidebar.tsx';
import { SignIn } from './sign-in.tsx';
import { Toasts } from './toasts.tsx';
import { Unreachable } from './unreachable.tsx';
import { usePath } from './use-path.ts';

/** The frame around every page. Without sign-in, or without a host, it shows only that. */
export function Shell() {
  const { phase } = useObservable(connection);
  if (phase === 'signin') return <SignIn />;
  if (phase !== 'ready') return <Unreachable phase={phase} />;
  return <Frame />;
}

function Frame() {
  const phone = useMedia(PHONE);
  return (
    <Tooltip.Provider delayDuration={400}>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-lg bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="flex h-dvh flex-col overflow-hidden sm:flex-row">
        {phone ? (
          <PhoneBar />
        ) : (
          <aside aria-label="Sidebar" className="w-62 shrink-0 border-r border-line bg-side">
            <Sidebar />
          </aside>
        )}
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          <ConnectionPill />
          <StoppingBanner />
          <Outlet />
        </main>
      </div>
      <Toasts />
      <Announcer />
      <HelpOverlay />
    </Tooltip.Provider>
  );
}

function PhoneBar() {
  const [open, setOpen] = useState(false);
  const path = usePath();
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the drawer
  useEffect(() => setOpen(false), [path]);
  return (
    <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line bg-side px-2">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        className="pointer-coarse:size-10"
      >
        <Menu className="size-5" aria-hidden />
      </Button>
      <Link to="/" className="flex flex-1 items-center gap-2 text-md font-semibold tracking-tight">
        <Logo className="size-5.5" />
        Meanwhile
      </Link>
      <Link to="/tasks" className={buttonClass('ghost', 'md', 'px-2.5')}>
        <ListChecks className="size-4.5" aria-hidden />
        <span className="sr-only">Tasks</span>
        <TaskBadge />
      </Link>
      <Link to="/new" aria-label="New chat" className={buttonClass('ghost', 'icon')}>
        <SquarePen className="size-4.5" aria-hidden />
      </Link>
      <Sheet open={open} onOpenChange={setOpen} side="left" label="Menu">
        <Sidebar />
      </Sheet>
    </header>
  );
}
