import { useNavigate } from '@tanstack/react-router';
import { Download, Ellipsis, PanelRightOpen, Pencil, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { records } from '../data/records.ts';
import { showToast } from '../data/toasts.ts';
import type { Session } from '../data/types.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { MENU, MENU_ITEM } from '../ui/menu.ts';

interface ChatHeaderProps {
  readonly session: Session | undefined;
  /** Set when the tasks are not in view and can be. */
  onShowTasks?: (() => void) | undefined;
}

export function ChatHeader({ session, onShowTasks }: ChatHeaderProps) {
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-4 sm:px-6">
      <h1 className="min-w-0 flex-1 truncate text-sm font-semibold" title={session?.title}>
        {session?.title ?? 'New chat'}
      </h1>
      {session?.kind === 'chat' && <ChatMenu session={session} />}
      {onShowTasks !== undefined && (
        <Button variant="ghost" size="sm" onClick={onShowTasks}>
          <PanelRightOpen className="size-4" aria-hidden />
          Tasks
        </Button>
      )}
    </header>
  );
}

function ChatMenu({ session }: { readonly session: Session }) {
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'rename' | 'delete'>();
  const remove = async (): Promise<void> => {
    try {
      await api.deleteSession(session.id);
      await navigate({ to: '/new' });
    } catch (error) {
      showToast(errorWords(error), { kind: 'error' });
    }
  };
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label="More about this chat">
            <Ellipsis className="size-4" aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" sideOffset={6} className={MENU}>
            <DropdownMenu.Item className={MENU_ITEM} onSelect={() => setDialog('rename')}>
              <Pencil className="size-3.5 text-muted" aria-hidden />
              Rename
            </DropdownMenu.Item>
            {(['markdown', 'json'] as const).map((format) => (
              <DropdownMenu.Item key={format} asChild className={MENU_ITEM}>
                <a href={api.exportAddress(session.id, format)} download>
                  <Download className="size-3.5 text-muted" aria-hidden />
                  Export as {format === 'json' ? 'JSON' : 'Markdown'}
                </a>
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="my-1 h-px bg-line" />
            <DropdownMenu.Item className={`${MENU_ITEM} text-bad`} onSelect={() => setDialog('delete')}>
              <Trash2 className="size-3.5" aria-hidden />
              Delete
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {dialog === 'rename' && <RenameDialog session={session} onClose={() => setDialog(undefined)} />}
      <Confirm
        open={dialog === 'delete'}
        onOpenChange={(open) => !open && setDialog(undefined)}
        title="Delete this chat?"
        action="Delete"
        onConfirm={() => void remove()}
      >
        Its messages go with it. Tasks that still run go on, and their results stay on the Tasks page.
      </Confirm>
    </>
  );
}

function RenameDialog({ session, onClose }: { readonly session: Session; onClose(): void }) {
  const [title, setTitle] = useState(session.title);
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      records.put('session', [await api.changeSession(session.id, { title })], 'answer');
      onClose();
    } catch (failure) {
      setError(errorWords(failure));
    }
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Rename this chat">
      <form onSubmit={submit} className="flex flex-col gap-3 pb-2">
        <TextField
          label="Title"
          value={title}
          maxLength={200}
          required
          error={error}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Button type="submit" variant="primary" className="self-end" disabled={title.trim() === ''}>
          Rename
        </Button>
      </form>
    </Dialog>
  );
}
