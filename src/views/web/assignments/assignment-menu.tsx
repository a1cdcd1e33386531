import { useNavigate } from '@tanstack/react-router';
import { Copy, Ellipsis, type LucideIcon, Pencil, Play, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Assignment } from '../data/types.ts';
import { Button } from '../ui/button.tsx';
import { removeAssignment, runNow } from './assignment-actions.ts';

const ENTRY =
  'flex h-8 cursor-pointer items-center gap-2 rounded-md px-2 text-sm outline-none data-highlighted:bg-hover pointer-coarse:h-11';

/** What can be done with a row. */
export function AssignmentMenu({ assignment }: { readonly assignment: Assignment }) {
  const navigate = useNavigate();
  const { id, title } = assignment;
  const entry = (Icon: LucideIcon, label: string, act: () => void, bad = false) => (
    <DropdownMenu.Item className={bad ? `${ENTRY} text-bad` : ENTRY} onSelect={act}>
      <Icon className={bad ? 'size-3.5' : 'size-3.5 text-muted'} aria-hidden />
      {label}
    </DropdownMenu.Item>
  );
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={`More about ${title}`} className="relative z-10">
          <Ellipsis className="size-4" aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-50 min-w-40 animate-enter rounded-xl border border-line bg-raised p-1 shadow-pop"
        >
          {entry(Play, 'Run now', () => void runNow(assignment))}
          {entry(
            Pencil,
            'Edit',
            () => void navigate({ to: '/assignments/$assignmentId/edit', params: { assignmentId: id } }),
          )}
          {entry(Copy, 'Duplicate', () => void navigate({ to: '/assignments/new', search: { from: id } }))}
          {entry(Trash2, 'Delete', () => void removeAssignment(assignment), true)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
