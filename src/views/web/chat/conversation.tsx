import { ArrowDown } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { errorWords } from '../data/client.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { MessageView } from './message.tsx';
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
  const { ids, pages } = useMessages(sessionId);
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const heightBefore = useRef<number | undefined>(undefined);
  const [away, setAway] = useState(false);

  const toEnd = (): void => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    const element = box.current;
    const inside = content.current;
    if (element === null || inside === null) return;
    const observer = new ResizeObserver(() => {
      if (heightBefore.current !== undefined && element.scrollHeight > heightBefore.current) {
        element.scrollTop += element.scrollHeight - heightBefore.current;
        heightBefore.current = undefined;
      } else if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(inside);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

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
          {pages.isError && ids.length === 0 && <Alert kind="bad">{errorWords(pages.error)}</Alert>}
          {ids.length === 0 && pages.isSuccess && !pages.isFetching && empty}
          <ol aria-label="Messages" className="flex flex-col gap-5">
            {ids.map((id) => (
              <MessageView key={id} id={id} onOpenTask={onOpenTask} />
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
          Newest
        </Button>
      )}
    </div>
  );
}
