import { z } from 'zod';
import type { Ending } from '../../../task/report.ts';

const REMAINS_CHARS = 500;

const Told = z.object({
  stopped: z.boolean(),
  remains: z
    .string()
    .transform((words) => words.trim().slice(0, REMAINS_CHARS))
    .optional()
    .catch(undefined),
});

/**
 * A call that was cancelled gets no answer in MCP. A server may say what became of it all the same, with a log
 * notification that carries the call's token and `{stopped, remains?}`.
 */
export function stopConfirmation({ data, logger }: Readonly<Record<string, unknown>>): Ending | undefined {
  const told = Told.safeParse(data).data;
  if (told === undefined) return undefined;
  const { stopped, remains = '' } = told;
  if (!stopped && logger !== 'cancel') return undefined;
  if (!stopped)
    return {
      status: 'lost',
      cancelAnswer: 'ignored',
      statusMessage: `The server could not stop all of it; something goes on. ${remains}`.trim(),
    };
  return {
    status: 'cancelled',
    cancelAnswer: 'stopped',
    statusMessage: remains === '' ? 'Stopped; nothing of it is left.' : `Stopped. ${remains}`,
  };
}
