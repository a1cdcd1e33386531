import { useEffect } from 'react';
import { announcement } from '../data/announce.ts';
import { useObservable } from '../hooks/use-record.ts';
import { useRunning } from '../task/use-tasks.ts';

/** Speaks milestones to screen readers, and counts what runs in the title of the tab. */
export function Announcer() {
  const words = useObservable(announcement);
  const { count } = useRunning();
  useEffect(() => {
    document.title = count > 0 ? `(${count}) Meanwhile` : 'Meanwhile';
  }, [count]);
  return (
    <p aria-live="polite" className="sr-only">
      {words}
    </p>
  );
}
