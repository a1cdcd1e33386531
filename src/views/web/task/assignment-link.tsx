import { Link } from '@tanstack/react-router';
import { useAssignment } from '../assignments/use-assignment.ts';
import type { Task } from '../data/types.ts';

/** Where the task of a run leads: to its assignment. */
export function AssignmentLink({ task }: { readonly task: Task }) {
  const { assignmentId } = task.source;
  const { assignment, removed } = useAssignment(assignmentId);
  if (assignmentId === undefined) return null;
  if (removed !== undefined)
    return (
      <span>{removed.title.startsWith('Try: ') ? 'Tried, not saved' : 'Its assignment was deleted'}</span>
    );
  return (
    <Link
      to="/assignments/$assignmentId"
      params={{ assignmentId }}
      className="font-medium text-accent-ink hover:underline"
    >
      Assignment{assignment !== undefined && `: ${assignment.title}`}
    </Link>
  );
}
