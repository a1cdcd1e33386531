import { memo } from 'react';
import type { Message, MessagePart } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { useRecord } from '../hooks/use-record.ts';
import { plainText } from '../text/plain.ts';
import { formatMoment } from '../text/when.ts';
import { cx } from '../ui/class-names.ts';
import { FollowUpNote } from './assistant/follow-up-note.tsx';
import type { Place } from './assistant/place.ts';
import { StepView } from './assistant/step-view.tsx';
import { CallRow } from './call-row.tsx';
import { DraftCard } from './draft-card.tsx';
import { ResultCard } from './result-card.tsx';
import { RichText } from './rich-text-view.tsx';
import { Said } from './said.tsx';

interface MessageViewProps {
  readonly id: string;
  readonly place: Place | undefined;
  /** Whether it is the last thing that a person said. */
  readonly lastSaid: boolean;
  onOpenTask(taskId: string): void;
}

export const MessageView = memo(function MessageView({ id, place, lastSaid, onOpenTask }: MessageViewProps) {
  const message = useRecord('message', id);
  const now = useNow(false);
  if (message === undefined) return null;
  const own = message.role === 'user';
  return (
    <li
      className={cx('group/message flex flex-col gap-2', own && 'items-end')}
      title={formatMoment(message.createdAt, now)}
    >
      <span className="sr-only">
        {own ? 'You' : message.role === 'assistant' ? 'Assistant' : 'Meanwhile'}:
      </span>
      {message.turn !== undefined ? (
        <StepView message={message} turn={message.turn} place={place ?? 'last'} onOpenTask={onOpenTask} />
      ) : (
        message.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of a message keep their places
          <Part key={index} part={part} message={message} lastSaid={lastSaid} onOpenTask={onOpenTask} />
        ))
      )}
    </li>
  );
});

interface PartProps {
  readonly part: MessagePart;
  readonly message: Message;
  readonly lastSaid: boolean;
  onOpenTask(id: string): void;
}

function Part({ part, message, lastSaid, onOpenTask }: PartProps) {
  switch (part.type) {
    case 'text':
      return message.role === 'user' ? (
        <Said text={part.text} message={message} newest={lastSaid} />
      ) : (
        <RichText text={part.text} />
      );
    case 'notice':
      return part.code === 'follow_up' ? (
        <FollowUpNote text={part.text} onOpenTask={onOpenTask} />
      ) : (
        <Notice text={part.text} />
      );
    case 'call':
      return <CallRow call={part} onOpenTask={onOpenTask} />;
    case 'draft':
      return <DraftCard part={part} message={message} />;
    case 'task':
      return <ResultCard task={part.task} onOpenTask={onOpenTask} />;
    default:
      return null; // stands in steps of the assistant only
  }
}

/** What the host itself says. Lists in columns keep their columns. */
function Notice({ text }: { readonly text: string }) {
  const columns = text.includes('\n');
  return (
    <p
      className={cx(
        'w-full rounded-xl border border-line bg-sunken px-4 py-2.5 break-words whitespace-pre-wrap text-soft',
        columns ? 'font-mono text-xs leading-relaxed' : 'text-base',
      )}
    >
      {plainText(text)}
    </p>
  );
}
