import { useState } from 'react';
import type { Message } from '../data/types.ts';
import { cx } from '../ui/class-names.ts';
import { EditMessage } from './assistant/edit-message.tsx';
import { MessageMenu } from './assistant/message-menu.tsx';

interface SaidProps {
  readonly text: string;
  readonly message: Message;
  /** The last thing that a person said. */
  readonly newest: boolean;
}

/** What a person said. Words can be said otherwise; a command was carried out, and is simply written anew. */
export function Said({ text, message, newest }: SaidProps) {
  const [editing, setEditing] = useState(false);
  const command = text.startsWith('/');
  if (editing)
    return <EditMessage message={message} text={text} newest={newest} onClose={() => setEditing(false)} />;
  return (
    <div className="flex max-w-[88%] flex-row-reverse items-center gap-1">
      <p
        className={cx(
          'min-w-0 rounded-2xl rounded-br-md bg-hover px-4 py-2.5 break-words whitespace-pre-wrap ring-1 ring-line',
          command ? 'font-mono text-sm leading-relaxed' : 'text-md',
        )}
      >
        {text}
      </p>
      {!command && <MessageMenu message={message} newest={newest} onEdit={() => setEditing(true)} />}
    </div>
  );
}
