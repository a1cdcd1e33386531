import type { Change } from '../store/ports.ts';

/** Names the record that a change is about: two changes with one key are states of one thing. */
export function changeKey(change: Change): string {
  switch (change.type) {
    case 'task':
      return `task ${change.task.id}`;
    case 'message':
      return `message ${change.message.id}`;
    case 'session':
      return `session ${change.session.id}`;
    case 'server':
      return `server ${change.server.name}`;
    case 'assignment':
      return `assignment ${change.assignment.id}`;
    case 'run':
      return `run ${change.run.id}`;
  }
}

/** Whether a reader who follows one session (or all, without one) is to be told. */
export function concerns(change: Change, sessionId: string | undefined): boolean {
  if (sessionId === undefined) return true;
  switch (change.type) {
    case 'task':
      return change.task.sessionId === sessionId;
    case 'message':
      return change.message.sessionId === sessionId;
    case 'session':
      return change.session.id === sessionId;
    case 'server':
      return true;
    case 'assignment':
      return change.assignment.sessionId === sessionId;
    case 'run':
      return false; // the chat shows the task of a run
  }
}
