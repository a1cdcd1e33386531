import { useCallback, useMemo, useState } from 'react';
import type { ServerView, Task } from '../data/types.ts';
import { useRecords } from '../hooks/use-record.ts';
import { isActive } from '../task/view.ts';
import { type Completion, complete } from './completion.ts';

const readyServers = (all: readonly ServerView[]): readonly ServerView[] =>
  all
    .filter((server) => server.enabled && server.state !== 'removed')
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** The completion for a text: what is offered at the caret, and which option is marked. */
export function useCompletion(text: string, sessionId: string | undefined) {
  const servers = useRecords('server', readyServers);
  const running = useRecords(
    'task',
    useCallback(
      (all: readonly Task[]) =>
        all
          .filter((task) => task.sessionId === sessionId && isActive(task))
          .map((task) => `${task.id} ${task.title}`),
      [sessionId],
    ),
  );
  const [caret, setCaret] = useState(text.length);
  const [closed, setClosed] = useState(true);
  const [marked, setMarked] = useState(0);

  const offer = useMemo((): Completion | undefined => {
    if (closed || !text.startsWith('/')) return undefined;
    return complete(text, caret, {
      tools: servers.flatMap((server) => server.tools.map((tool) => ({ server: server.name, tool }))),
      running: running.map((line) => ({
        id: line.slice(0, line.indexOf(' ')),
        title: line.slice(line.indexOf(' ') + 1),
      })),
    });
  }, [text, caret, closed, servers, running]);

  const count = offer?.items.length ?? 0;
  // While arguments are named nothing is marked: Enter sends, Tab takes the first.
  const none = offer !== undefined && offer.from > 0 && text.slice(offer.from, offer.to) === '' ? -1 : 0;
  const active = count === 0 ? -1 : marked === 0 ? none : Math.min(marked - 1, count - 1);
  return {
    offer,
    /** Index of the marked option, or -1. */
    active,
    /** The text was changed, and the caret stands here now. */
    typed(next: number): void {
      setCaret(next);
      setClosed(false);
      setMarked(0);
    },
    /** Only the caret moved. What was closed stays closed. */
    moved(next: number): void {
      if (next === caret) return;
      setCaret(next);
      setMarked(0);
    },
    step(by: 1 | -1): void {
      const next = active < 0 ? (by > 0 ? 0 : count - 1) : (active + by + count) % count;
      setMarked(next + 1);
    },
    point: (index: number): void => setMarked(index + 1),
    close: (): void => setClosed(true),
  };
}
