import { ArrowDown } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { errorWords } from '../data/client.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { useTurnAnnouncements } from './assistant/use-turn-announcements.ts';
import { MessageView } from './message.tsx';
import { useLastSaid } from './use-last-said.ts';
import { useMessages } from './use-messages.ts';

const NEAR_END_PX = 80;

interface ConversationProps {
  readonly sessionId: string;
  onOpenTask(taskId: string): void;
  /** What stands here while nothing has been said. */
  readonly empty: ReactNode;
}

/** The messages; stays at the newest while the reader is there, and stays put when the reader is not. */
export function Conversation({ sessionId, onOpenTask, empty }: ConversationProps) {
  const { rows, pages } = useMessages(sessionId);
  const lastSaid = useLastSaid(rows);
  useTurnAnnouncements(sessionId);
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const heightBefore = useRef<number | undefined>(undefined);
  const [away, setAway] = useState(false);
  /** Something came while the reader was elsewhere in the chat. */
  const [fresh, setFresh] = useState(false);

  const toEnd = (): void => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    const element = box.current;
    const inside = content.current;
    if (element === null || inside === null) return;
    let height = element.scrollHeight;
    const observer = new ResizeObserver(() => {
      const grew = element.scrollHeight > height;
      height = element.scrollHeight;
      if (heightBefore.current !== undefined && element.scrollHeight > heightBefore.current) {
        element.scrollTop += element.scrollHeight - heightBefore.current;
        heightBefore.current = undefined;
      } else if (atEnd.current) element.scrollTop = element.scrollHeight;
      else if (grew) setFresh(true);
    });
    observer.observe(inside);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // One's own words are always seen, wherever one was reading.
  const saidBefore = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const before = saidBefore.current;
    saidBefore.current = lastSaid;
    const element = box.current;
    if (before === undefined || lastSaid === undefined || before >= lastSaid || element === null) return;
    atEnd.current = true;
    element.scrollTop = element.scrollHeight;
  }, [lastSaid]);

  const loadOlder = (): void => {
    heightBefore.current = box.current?.scrollHeight;
    void pages.fetchNextPage();
  };
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        className="h-full overflow-y-auto"
        onScroll={({ currentTarget: at }) => {
          atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END_PX;
          setAway(!atEnd.current);
          if (atEnd.current) setFresh(false);
        }}
      >
        <div
          ref={content}
          className="mx-auto flex min-h-full w-full max-w-3xl flex-col px-4 pt-6 pb-4 sm:px-6"
        >
          {pages.hasNextPage && (
            <Button
              variant="ghost"
              size="sm"
              className="mx-auto mb-4"
              onClick={loadOlder}
              disabled={pages.isFetchingNextPage}
            >
              {pages.isFetchingNextPage ? 'Reading…' : 'Earlier messages'}
            </Button>
          )}
          {pages.isError && rows.length === 0 && <Alert kind="bad">{errorWords(pages.error)}</Alert>}
          {rows.length === 0 && pages.isSuccess && !pages.isFetching && empty}
          <ol aria-label="Messages" className="flex flex-col gap-5">
            {rows.map(({ id, place }) => (
              <MessageView
                key={id}
                id={id}
                place={place}
                lastSaid={id === lastSaid}
                onOpenTask={onOpenTask}
              />
            ))}
          </ol>
        </div>
      </div>
      {away && (
        <Button
          size="sm"
          onClick={toEnd}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-pop"
        >
          <ArrowDown className="size-3.5" aria-hidden />
          {fresh ? 'New' : 'Newest'}
        </Button>
      )}
    </div>
  );
}
