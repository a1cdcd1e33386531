import { endingWords } from '../job/ending.ts';
import type { Job } from '../job/job.ts';
import { OUTPUT_META } from '../job/numbered-lines.ts';
import { PROGRESS_META } from '../progress/meter.ts';
import type { Json } from '../protocol.ts';

/** How often a client may look, in milliseconds. */
export const POLL_MS = 500;

/** What a task says of itself in one line. */
export function statusMessageOf(job: Job): string | undefined {
  const { ending, stopReason, progress } = job;
  if (ending !== undefined) return ending.status === 'completed' ? undefined : endingWords(ending);
  if (stopReason !== undefined) return 'Stopping';
  const { message, value, total, unit = '' } = progress;
  if (message !== undefined || value === undefined) return message;
  return `${value}${total === undefined ? '' : ` of ${total}`} ${unit}`.trim();
}

/** The numbers and the newest output, for which tasks have no words of their own. */
export function taskMeta({ progress, newestOutput }: Job): { readonly _meta?: Json } {
  const _meta = {
    ...(progress.value !== undefined && { [PROGRESS_META]: progress }),
    ...(newestOutput && { [OUTPUT_META]: newestOutput }),
  };
  return Object.keys(_meta).length === 0 ? {} : { _meta };
}
