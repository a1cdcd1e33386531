import type { Run, RunStep } from '../../../assignment/run.ts';
import type { Unnumbered } from '../../../store/ports.ts';
import type { Ending } from '../../../task/report.ts';
import type { StepOutcome } from '../../assignment-directory.ts';
import { isForAssistant } from './new-run.ts';

const PREVIEW_CHARS = 4_000;

/** How the task of a run ends: with the result of its one step, or with a line for each of several. */
export function endingOfRun(
  run: Pick<Unnumbered<Run>, 'state' | 'steps' | 'note'>,
  last: StepOutcome,
): Ending {
  const [only] = run.steps;
  const isOne = run.steps.length === 1;
  const preview = (isOne ? (only?.preview ?? '') : run.steps.map(lineOf).join('\n')).slice(0, PREVIEW_CHARS);
  const content =
    isOne && last.content !== undefined
      ? last.content
      : JSON.stringify({ content: [{ type: 'text', text: preview }] });
  const told = preview === '' ? {} : { preview, content };
  switch (run.state) {
    case 'completed':
      return { status: 'completed', ...told };
    case 'cancelled':
      return { status: 'cancelled', cancelAnswer: 'stopped', ...told };
    case 'lost':
      return {
        status: 'lost',
        forGood: true,
        statusMessage: run.note ?? 'The end of a step is not known.',
        ...told,
      };
    default:
      return {
        status: 'failed',
        failure: { reason: 'tool_error', message: run.note ?? 'A step failed.' },
        isError: true,
        ...told,
      };
  }
}

function lineOf({ call, state, preview, failure }: RunStep, at: number): string {
  const what = isForAssistant(call) ? 'assistant' : `${call.server}.${call.tool}`;
  const said = (failure ?? preview ?? '').split('\n', 1)[0] ?? '';
  const outcome = state === 'pending' ? 'not begun' : state;
  return `${at + 1}. ${what}: ${outcome}${said === '' ? '' : `. ${said}`}`;
}
