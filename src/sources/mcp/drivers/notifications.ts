import type { LogLine } from '../../../task/report.ts';
import type { Progress } from '../../../task/task.ts';
import { jsonText } from '../wire/read-frame.ts';

const LINE_CHARS = 4_000;
const LINES = 200;

type Params = Readonly<Record<string, unknown>>;

/** What a progress notification says; the tracker judges whether a bar may show it. */
export function progressFrom(params: Params): Progress {
  return {
    value: typeof params.progress === 'number' ? params.progress : Number.NaN,
    ...(typeof params.total === 'number' ? { total: params.total } : {}),
    ...(typeof params.message === 'string' ? { message: params.message } : {}),
  };
}

/** The lines of a log notification; other notifications say nothing for a log. */
export function logLines(method: string, params: Params): LogLine[] {
  if (method !== 'notifications/message') return [];
  const text =
    typeof params.data === 'string'
      ? params.data
      : (jsonText(params.data ?? '') ?? '(nested too deeply to be shown)');
  const kind = params.logger === 'output' ? 'output' : 'server';
  return text
    .split('\n')
    .slice(0, LINES)
    .map((line) => ({ kind, text: line.slice(0, LINE_CHARS) }));
}
