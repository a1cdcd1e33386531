import { AppError } from '../../../base/errors.ts';
import type { TaskPage } from '../../api/contract/types.ts';
import { ask } from './ask.ts';
import type { Host } from './find-host.ts';

/**
 * The id that a person means: a whole one as it is, otherwise the end of one, looked for among the running
 * and the newest 200 tasks.
 * @throws {AppError} `task_not_found`; `invalid_request` when several tasks fit
 */
export async function resolveTaskId(host: Host, text: string): Promise<string> {
  if (text.startsWith('task_')) return text;
  const pages = await Promise.all([
    ask<TaskPage>(host, '/api/tasks', { query: { status: 'working,input_required', limit: 200 } }),
    ask<TaskPage>(host, '/api/tasks', { query: { limit: 200 } }),
  ]);
  const ids = new Set(pages.flatMap(({ body }) => body.tasks.map(({ id }) => id)));
  const fitting = [...ids].filter((id) => id.endsWith(text.toLowerCase()));
  if (fitting.length === 1) return fitting[0] as string;
  if (fitting.length === 0) {
    throw new AppError('task_not_found', `No running or recent task has an id that ends with ${text}.`);
  }
  throw new AppError('invalid_request', `Several tasks fit ${text}: ${fitting.join(', ')}.`);
}
