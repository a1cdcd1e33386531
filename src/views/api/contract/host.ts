import { z } from '@hono/zod-openapi';
import { TaskSchema } from './records.ts';

/*
 * Stopping the host, and what a restart did to the work. `fate`: `reattached` goes on elsewhere and is found again
 * by the next start, `interrupted` ends with the host, `lost` may go on without a way to learn its end.
 */

const time = z.iso.datetime().describe('ISO 8601, UTC');

/**
 * How the host stands; the event `host` carries it to every reader of the feed, first when it connects and then
 * with every change. It is not a record: it has no seq, and none is missed by not having been there.
 */
export const HostStateSchema = z
  .object({
    state: z
      .enum(['running', 'waiting', 'stopping'])
      .describe('waiting: stops by itself once the work that a stop would cut off has ended'),
    waitsFor: z.number().int().describe('how many tasks and calls that is, while waiting'),
    restart: z.string().nullable().describe('id of the account of a restart that nobody put away yet'),
  })
  .openapi('HostState');

export const StopPlanSchema = z
  .object({
    tasks: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        fate: z.enum(['reattached', 'interrupted', 'lost']),
      }),
    ),
    calls: z.number().int().describe('calls under way that are not tasks yet; a stop cuts them off'),
    turns: z
      .number()
      .int()
      .optional()
      .describe('turns of the assistant that go on; a stop interrupts them, and they can be continued'),
    host: HostStateSchema,
  })
  .openapi('StopPlan');

export const StopBodySchema = z.strictObject({ wait: z.boolean() });

export const RestartSchema = z
  .object({
    id: z.string(),
    how: z.enum(['stopped', 'killed']).describe('stopped: somebody asked for it; killed: or crashed'),
    stoppedAt: time.describe('with `killed`: the last sign of life that is known'),
    startedAt: time,
    restarts: z.number().int().describe('how many restarts this accounts for, since it was last put away'),
    tasks: z.array(
      z.object({
        fate: z.enum(['reattached', 'interrupted', 'lost', 'ended']).describe('as found at the start'),
        task: TaskSchema.describe('as it is now'),
      }),
    ),
    more: z.number().int().describe('older tasks beyond those listed'),
    calls: z.number().int().describe('calls that were not tasks yet; their messages say what is known'),
  })
  .openapi('Restart');
