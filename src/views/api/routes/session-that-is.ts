import { AppError } from '../../../base/errors.ts';
import type { ApiPorts } from '../ports.ts';

/** A session that is named has to be there. @throws {AppError} `session_not_found` */
export async function sessionThatIs(
  store: Pick<ApiPorts['store'], 'sessions'>,
  id: string | undefined,
): Promise<void> {
  if (id === undefined) return;
  const found = await store.sessions.get(id);
  if (found === undefined || found.deletedAt !== undefined)
    throw new AppError('session_not_found', `There is no session ${id}.`);
}
