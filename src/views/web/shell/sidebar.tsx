import { Link } from '@tanstack/react-router';
import {
  CalendarClock,
  ListChecks,
  type LucideIcon,
  MessageSquare,
  Plug,
  Settings,
  SquarePen,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { AssignmentBadge } from '../assignments/assignment-badge.tsx';
import { StopHost } from '../host/stop-host.tsx';
import { useRunning } from '../task/use-tasks.ts';
import { buttonClass } from '../ui/button.tsx';
import { Logo } from './logo.tsx';
import { RecentChats } from './recent-chats.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { usePath } from './use-path.ts';

const ITEM =
  'flex h-8 items-center gap-2.5 rounded-lg px-2.5 text-sm font-medium text-soft hover:bg-hover hover:text-ink pointer-coarse:h-11';
const CURRENT = 'bg-pressed text-ink hover:bg-pressed';

/** The content of the left side: also inside the drawer on phones. */
export function Sidebar() {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Link to="/" className="mx-3 flex h-14 items-center gap-2.5 rounded-lg px-1.5">
        <Logo className="size-6" />
        <span className="text-md font-semibold tracking-tight">Meanwhile</span>
      </Link>
      <div className="px-3 pb-3">
        <Link to="/new" className={buttonClass('outline', 'md', 'w-full')}>
          <SquarePen className="size-4" aria-hidden />
          New chat
        </Link>
      </div>
      <nav aria-label="Main" className="flex flex-col gap-0.5 px-3">
        <Item
          to="/"
          icon={MessageSquare}
          label="Chat"
          active={(path) => path === '/' || path.startsWith('/chat')}
        />
        <Item to="/tasks" icon={ListChecks} label="Tasks">
          <TaskBadge />
        </Item>
        <Item to="/assignments" icon={CalendarClock} label="Assignments">
          <AssignmentBadge />
        </Item>
        <Item to="/servers" icon={Plug} label="Tools & servers" />
        <Item to="/settings" icon={Settings} label="Settings" />
      </nav>
      <RecentChats />
      <div className="flex flex-wrap items-center justify-between gap-1 border-t border-line px-3 py-2.5">
        <ThemeSwitch />
        <StopHost />
      </div>
    </div>
  );
}

interface ItemProps {
  readonly to: '/' | '/tasks' | '/assignments' | '/servers' | '/settings';
  readonly icon: LucideIcon;
  readonly label: string;
  readonly children?: ReactNode;
  active?(path: string): boolean;
}

function Item({ to, icon: Icon, label, children, active }: ItemProps) {
  const path = usePath();
  const current = active?.(path) ?? path.startsWith(to);
  return (
    <Link to={to} className={`${ITEM} ${current ? CURRENT : ''}`} aria-current={current ? 'page' : undefined}>
      <Icon className="size-4 shrink-0" aria-hidden />
      <span className="flex-1">{label}</span>
      {children}
    </Link>
  );
}

export function TaskBadge() {
  const { count, needsYou } = useRunning();
  return (
    <>
      {needsYou && (
        <span className="size-2 rounded-full bg-needs">
          <span className="sr-only">One needs you</span>
        </span>
      )}
      {count > 0 && (
        <span className="min-w-5 rounded-full bg-accent px-1.5 text-center text-2xs leading-5 font-semibold text-on-accent tabular-nums">
          {count > 999 ? '999+' : count}
          <span className="sr-only"> running</span>
        </span>
      )}
    </>
  );
}
