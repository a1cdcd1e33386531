import type { CallToolResult, ProtocolError } from '@modelcontextprotocol/server';
import type { Outcome, Stop } from '../tool.ts';
import type { StopReason } from '../work.ts';

/** How a job ended. */
export interface Ending {
  /** `cancelled`: it was asked to stop, and did not come to its own end before it could. */
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly result: CallToolResult;
  readonly stop: Stop;
  /** Set where the work ended in an error of the protocol instead of a result. */
  readonly error?: ProtocolError;
}

/** A cancel may come too late: what has succeeded all the same is completed. */
export function endingOf(outcome: Outcome<object>, stopReason: StopReason | undefined): Ending {
  const isError = outcome.isError === true;
  const result: CallToolResult = {
    content: [{ type: 'text', text: outcome.text }],
    structuredContent: outcome.data as Record<string, unknown>,
    isError,
  };
  const wasStopped = stopReason === 'cancelled' && (isError || outcome.stop !== undefined);
  const status = wasStopped ? 'cancelled' : isError ? 'failed' : 'completed';
  return { status, result, stop: outcome.stop ?? { stopped: true } };
}

/** A refusal or a fault, in words. */
export const failedEnding = (text: string, stopReason: StopReason | undefined): Ending => ({
  status: stopReason === 'cancelled' ? 'cancelled' : 'failed',
  result: { content: [{ type: 'text', text }], isError: true },
  stop: { stopped: true },
});

/** What a call is answered with. @throws {ProtocolError} where that is an error */
export function resultOf({ result, error }: Ending): CallToolResult {
  if (error) throw error;
  return result;
}

/** One sentence for a task that shows no result: its summary, and what is still there. */
export function endingWords({ result, stop }: Ending): string {
  const [first] = result.content;
  const summary = first?.type === 'text' ? (first.text.split('\n', 1)[0] ?? '') : '';
  return [summary, stop.remains ?? '']
    .filter((text) => text !== '')
    .join('. ')
    .replace('..', '.');
}
