import type { Task } from '../../../task/task.ts';
import type { Colour } from './colour.ts';

/** How a status looks: never by colour alone. */
export interface StatusLook {
  readonly symbol: string;
  readonly word: string;
  readonly colour: Colour;
}

/** The longest word, in columns. */
export const WORD_WIDTH = 10;

const LOOKS: Readonly<Record<Task['status'], StatusLook>> = {
  working: { symbol: '●', word: 'running', colour: 'blue' },
  input_required: { symbol: '?', word: 'needs you', colour: 'yellow' },
  completed: { symbol: '✔', word: 'completed', colour: 'green' },
  failed: { symbol: '✘', word: 'failed', colour: 'red' },
  cancelled: { symbol: '⊘', word: 'cancelled', colour: 'dim' },
  lost: { symbol: '◌', word: 'lost', colour: 'magenta' },
};
const STOPPING: StatusLook = { symbol: '◼', word: 'stopping', colour: 'cyan' };
const NO_CONTACT: StatusLook = { symbol: '○', word: 'no contact', colour: 'magenta' };

export const isActive = (task: Pick<Task, 'status'>): boolean =>
  task.status === 'working' || task.status === 'input_required';

/** Facts beside the status: contact that is lost while it is looked for, and a stop that was asked for and not ignored. */
export function statusLook(task: Pick<Task, 'status' | 'cancel' | 'contactLost'>): StatusLook {
  if (task.status === 'working' && task.contactLost) return NO_CONTACT;
  const stopping = task.cancel.requestedAt !== undefined && task.cancel.answer !== 'ignored';
  return task.status === 'working' && stopping ? STOPPING : LOOKS[task.status];
}
