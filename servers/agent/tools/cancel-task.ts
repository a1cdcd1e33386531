import * as z from 'zod';
import { type AnyTool, defineTool, type Outcome, Refusal } from '../../runtime/tool.ts';
import { describeRun } from '../runs/run-record.ts';
import type { KnownRun, Runs } from '../runs/runs.ts';
import type { Workplace } from '../workplace.ts';

const RESULT = z.object({
  run: z.string().optional().describe('The run that is meant; absent when nothing runs'),
  outcome: z
    .enum(['ended', 'already_over', 'nothing_runs', 'still_ending'])
    .describe(
      'ended: it has ended now. already_over: it had before. still_ending: this call was stopped before the run had ended',
    ),
  summary: z.string().describe('How the run ended and what remains, as its own result says it'),
});

/** The tool `cancel_task`: ends a run and answers when it has ended. */
export function cancelTaskTool({ runs, mask }: Workplace): AnyTool {
  return defineTool({
    name: 'cancel_task',
    title: 'Cancel a run',
    description:
      'Ends a run of run_agent and answers when it has ended, with what it changed until then, which stays. Without run: the only one. Cancelling twice is the same as once.',
    isLong: false,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    input: z.strictObject({
      run: z
        .string('expected the id of a run, such as run_3f9c21ab')
        .min(1, 'must not be empty')
        .optional()
        .describe(
          'The id of the run, as in list_agents and in its first message. Default: the only one that runs.',
        ),
    }),
    output: RESULT,
    async run({ run }, work): Promise<Outcome<z.infer<typeof RESULT>>> {
      const known = choose(runs, run);
      if (known === undefined) {
        const summary = 'Nothing runs here, so there was nothing to cancel.';
        return { text: summary, data: { outcome: 'nothing_runs', summary } };
      }
      const id = known.record.run;
      if (known.isOver) {
        const summary = `It was over before: ${await known.ended}`;
        return { text: summary, data: { run: id, outcome: 'already_over', summary } };
      }
      known.cancel();
      work.progress({ message: mask()(`Waiting for the end of ${describeRun(known.record)}`) });
      const ended = await Promise.race([known.ended, abortOf(work.signal)]);
      if (ended === undefined) {
        const summary = `${id} was told to stop and is still ending; this call no longer waits for it.`;
        const stop = { stopped: false, remains: summary };
        return { text: summary, data: { run: id, outcome: 'still_ending', summary }, isError: true, stop };
      }
      return { text: ended, data: { run: id, outcome: 'ended', summary: ended } };
    },
  });
}

function choose(runs: Runs, run: string | undefined): KnownRun | undefined {
  const { running } = runs;
  if (run === undefined) {
    if (running.length <= 1) return running[0];
    throw new Refusal(`run: ${running.length} are running, so say which one. ${listed(running)}`);
  }
  const known = runs.find(run);
  if (known !== undefined) return known;
  const elsewhere = runs.everywhere().find((record) => record.run === run);
  if (elsewhere !== undefined)
    throw new Refusal(
      `run: ${run} belongs to another agent server (process ${elsewhere.server.pid}); cancel it there.`,
    );
  throw new Refusal(`run: there is no run ${run}. ${listed(running)}`);
}

const listed = (running: readonly KnownRun[]): string =>
  running.length === 0
    ? 'Nothing runs here.'
    : `Running: ${running.map(({ record }) => describeRun(record)).join('; ')}.`;

function abortOf(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
