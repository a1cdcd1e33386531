import type { Task } from '../../../task/task.ts';
import { ask } from './ask.ts';
import type { Host } from './find-host.ts';

/** Asks the host to stop a task. @throws {AppError} `cancel_unsupported`, `already_ended`, `would_end_others` */
export const requestCancel = (
  host: Host,
  id: string,
  body: { readonly force?: true; readonly alsoEnds?: readonly string[] } = {},
) => ask<Task>(host, `/api/tasks/${encodeURIComponent(id)}/cancel`, { method: 'POST', body });
