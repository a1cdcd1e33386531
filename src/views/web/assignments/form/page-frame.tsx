import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from '../../ui/button.tsx';

interface PageFrameProps {
  readonly title: string;
  /** The assignment that one goes back to; else all of them. */
  readonly backTo?: string | undefined;
  readonly children: ReactNode;
}

/** The head over the form. */
export function PageFrame({ title, backTo, children }: PageFrameProps) {
  const look = buttonClass('ghost', 'icon-sm');
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-3">
        {backTo === undefined ? (
          <Link to="/assignments" aria-label="All assignments" className={look}>
            <ArrowLeft className="size-4" aria-hidden />
          </Link>
        ) : (
          <Link
            to="/assignments/$assignmentId"
            params={{ assignmentId: backTo }}
            aria-label="Back to the assignment"
            className={look}
          >
            <ArrowLeft className="size-4" aria-hidden />
          </Link>
        )}
        <h1 className="truncate text-md font-semibold tracking-tight">{title}</h1>
      </div>
      {children}
    </div>
  );
}
