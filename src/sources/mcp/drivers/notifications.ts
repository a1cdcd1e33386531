import type { LogLine } from '../../../task/report.ts';
import type { Progress } from '../../../task/task.ts';
import { jsonText } from '../wire/read-frame.ts';
import { type NumberedOutput, numberedLines } from './numbered-output.ts';
import { progressWithUnits } from './progress-with-units.ts';

const LINE_CHARS = 4_000;
const LINES = 200;

type Params = Readonly<Record<string, unknown>>;

/** What a progress notification says; the tracker judges whether a bar may show it. */
export function progressFrom(params: Params): Progress {
  const message = typeof params.message === 'string' ? { message: params.message } : {};
  const withUnits = progressWithUnits(params._meta);
  if (withUnits !== undefined) return { ...message, ...withUnits };
  return {
    value: typeof params.progress === 'number' ? params.progress : Number.NaN,
    ...(typeof params.total === 'number' ? { total: params.total } : {}),
    ...message,
  };
}

/** The lines of a log notification; other notifications say nothing for a log. */
export function logLines(method: string, params: Params, output: NumberedOutput): LogLine[] {
  if (method !== 'notifications/message') return [];
  const numbered = numberedLines(params._meta, params.data);
  if (numbered !== undefined) return output.newLines(numbered);
  const text =
    typeof params.data === 'string'
      ? params.data
      : (jsonText(params.data ?? '') ?? '(nested too deeply to be shown)');
  if (params.logger === 'output') return output.unnumbered(text.replace(/\r?\n$/, '').split('\n'));
  return text
    .split('\n')
    .slice(0, LINES)
    .map((line) => ({ kind: 'server', text: line.slice(0, LINE_CHARS) }));
}
