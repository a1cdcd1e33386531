import { useNavigate } from '@tanstack/react-router';
import { Copy, Ellipsis, GitBranch, Pencil, RotateCcw } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { showToast } from '../../data/toasts.ts';
import type { Message } from '../../data/types.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { MENU, MENU_ITEM } from '../../ui/menu.ts';
import { branchFrom, retryTurn } from './act.ts';
import { wordsOf } from './use-turn.ts';

interface MessageMenuProps {
  readonly message: Message;
  /** Nothing came after it. */
  readonly newest: boolean;
  /** Set for what can be said otherwise. */
  onEdit?: (() => void) | undefined;
}

/** What can be done with something that was said. */
export function MessageMenu({ message, newest, onEdit }: MessageMenuProps) {
  const navigate = useNavigate();
  const [asks, setAsks] = useState(false);
  const copy = (): void => {
    void navigator.clipboard?.writeText(wordsOf(message)).then(() => showToast('Copied.'));
  };
  const branch = async (): Promise<void> => {
    const sessionId = await branchFrom(message);
    if (sessionId === undefined) return;
    showToast('This is a new chat, with all that was said until there.');
    await navigate({ to: '/chat/$sessionId', params: { sessionId } });
  };
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={message.role === 'user' ? 'More about what you said' : 'More about this answer'}
            className={cx(
              'text-muted focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100',
              message.role === 'user' ? 'opacity-0 group-hover/message:opacity-100' : '-ml-1.5',
            )}
          >
            <Ellipsis className="size-4" aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="start" sideOffset={4} className={MENU}>
            {onEdit !== undefined && (
              <DropdownMenu.Item className={MENU_ITEM} onSelect={onEdit}>
                <Pencil className="size-3.5 text-muted" aria-hidden />
                Say it otherwise
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Item
              className={MENU_ITEM}
              onSelect={() => (newest ? void retryTurn(message) : setAsks(true))}
            >
              <RotateCcw className="size-3.5 text-muted" aria-hidden />
              {message.role === 'user' ? 'Ask again' : 'Try again'}
            </DropdownMenu.Item>
            <DropdownMenu.Item className={MENU_ITEM} onSelect={() => void branch()}>
              <GitBranch className="size-3.5 text-muted" aria-hidden />
              New chat from here
            </DropdownMenu.Item>
            <DropdownMenu.Item className={MENU_ITEM} onSelect={copy}>
              <Copy className="size-3.5 text-muted" aria-hidden />
              Copy
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Confirm
        open={asks}
        onOpenChange={setAsks}
        title="Ask this again?"
        action="Ask again"
        keep="Leave it"
        harmless
        onConfirm={() => void retryTurn(message)}
      >
        The answer and all that came after it are hidden from this chat. To keep them, make a new chat from
        here instead.
      </Confirm>
    </>
  );
}
