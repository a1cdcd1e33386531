import { AppError } from '../../base/errors.ts';

/** Codes that say that the server is gone, from the operating system's side. */
const UNREACHABLE = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH'];

/**
 * What went wrong, in words for people; the driver's own error is kept as the cause.
 * Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function postgresError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code = '', constraint, message = '' } = error as Partial<Record<string, string>>;
  const cause = { cause: error };
  if (constraint === 'messages_task_id')
    return new AppError('already_delivered', 'Another message has delivered this result.', cause);
  if (constraint === 'runs_key')
    return new AppError('run_exists', 'There is a run of this assignment with this key.', cause);
  if (code === '53100')
    return new AppError('store_full', 'The database server has no space left. Free some there.', cause);
  if (code === '25006')
    return new AppError('store_read_only', 'The database server takes no writes: it is read-only.', cause);
  if (code === '42501')
    return new AppError('store_read_only', 'The database user may not write. Grant it what it needs.', cause);
  if (code.startsWith('28'))
    return new AppError('store_failed', 'The database server refused the user or the password.', cause);
  if (code === '3D000')
    return new AppError('store_failed', 'There is no such database. Create it first.', cause);
  if (UNREACHABLE.includes(code) || /^(08|57P|53300)/.test(code) || message.includes('onnection'))
    return new AppError('store_failed', 'The database server does not answer. Is it running?', cause);
  return new AppError('store_failed', 'The database refused what was asked of it.', cause);
}
