import type { Ending } from '../../../task/report.ts';
import { RpcFault } from '../wire/own-requests.ts';
import type { TaskState } from './task-dialect.ts';

const SAID_CHARS = 500;

/** The end of a task that its server calls cancelled. */
export const cancelledEnding = ({ statusMessage }: TaskState, asked: boolean): Ending => ({
  status: 'cancelled',
  ...(asked ? { cancelAnswer: 'stopped' } : {}),
  statusMessage: asked
    ? `Stopped; the server confirmed it. ${statusMessage?.slice(0, SAID_CHARS) ?? ''}`.trim()
    : (statusMessage?.slice(0, SAID_CHARS) ?? 'Cancelled by the server.'),
});

/** The end of a task that the server could not be asked about for longer than it keeps tasks. */
export const expiredEnding = (): Ending => ({
  status: 'lost',
  forGood: true,
  statusMessage:
    'The server could not be reached for longer than it keeps its tasks. Whether the work was done is not known.',
});

/**
 * The end of a task that its server does not know (any more). The processes of our own servers are gone with their
 * connection, and their tasks with them; elsewhere nobody can tell.
 */
export function unknownEnding(error: unknown, where: { isLocal: boolean; isNewRun: boolean }): Ending {
  if (where.isLocal)
    return where.isNewRun
      ? failed('interrupted', 'Meanwhile was stopped in the middle of this, and the server with it.')
      : failed('server_exited', 'The server ended in the middle of this, and the work with it.');
  const said = error instanceof RpcFault ? ` (it says: ${error.message.slice(0, 200)})` : '';
  return {
    status: 'lost',
    forGood: true,
    statusMessage: `The server does not know this task any more${said}. Whether the work was done is not known.`,
  };
}

/** The end of work whose server was taken out of the configuration. */
export const removedEnding = (server: string, isLocal: boolean): Ending =>
  isLocal
    ? failed('server_exited', `“${server}” was removed, and its processes were ended.`)
    : {
        status: 'lost',
        forGood: true,
        statusMessage: `“${server}” was removed, so nobody asks it about this work any more. It may go on there.`,
      };

const failed = (reason: 'interrupted' | 'server_exited', message: string): Ending => ({
  status: 'failed',
  failure: { reason, message },
});
