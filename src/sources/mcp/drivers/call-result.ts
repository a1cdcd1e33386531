import { ProtocolError, SdkError, SdkErrorCode } from '@modelcontextprotocol/client';
import type { Ending } from '../../../task/report.ts';
import { PREVIEW_CHARS } from '../../../task/task.ts';
import { isObject, jsonText, type RpcError } from '../wire/read-frame.ts';

const FAILURE_CHARS = 500;
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  SdkErrorCode.NotConnected,
  SdkErrorCode.ConnectionClosed,
  SdkErrorCode.SendFailed,
]);

/**
 * How a CallToolResult ends a call. `isError: true` is a failure on every wire version: green means that the
 * work succeeded, nothing else.
 * @param asked whether a stop was asked for before the answer came
 */
export function endingFromResult(result: Readonly<Record<string, unknown>>, asked: boolean): Ending {
  const content = jsonText(result);
  if (content === undefined) return unreadable('a result that is nested too deeply to be kept');
  const isError = result.isError === true;
  const preview = previewOf(result);
  const common = { content, preview, isError };
  if (isError && asked)
    return {
      ...common,
      status: 'cancelled',
      cancelAnswer: 'stopped',
      statusMessage: 'Stopped; the server confirmed it.',
    };
  if (isError)
    return {
      ...common,
      status: 'failed',
      failure: {
        reason: 'tool_error',
        message: firstLine(preview) || 'The tool reported an error without words.',
      },
    };
  return {
    ...common,
    status: 'completed',
    ...(asked
      ? { cancelAnswer: 'ignored' as const, statusMessage: 'Completed although it was asked to stop.' }
      : {}),
  };
}

export function endingFromError(error: RpcError): Ending {
  return {
    status: 'failed',
    failure: {
      reason: 'protocol_error',
      message: error.message.slice(0, FAILURE_CHARS),
      code: error.code,
    },
  };
}

/** How an answer ends a call of which nobody can tell whether the work succeeded. */
export const unreadable = (what: string): Ending => ({
  status: 'failed',
  failure: { reason: 'protocol_error', message: `The server answered with ${what}.` },
});

/** How a fault of the SDK ends a call: the connection's end is the server's, all else is a matter of the protocol. */
export function endingFromFault(error: unknown): Ending {
  if (error instanceof ProtocolError) return endingFromError(error);
  const words = (error instanceof Error ? error.message : String(error)).slice(0, FAILURE_CHARS);
  const atOdds = error instanceof SdkError && !CONNECTION_CODES.has(error.code);
  return {
    status: 'failed',
    failure: {
      reason: atOdds ? 'protocol_error' : 'server_exited',
      message: `The call could not be completed: ${words}`,
    },
  };
}

/** The text of a result, as much of it as stands in a marker. */
export function previewOf(result: Readonly<Record<string, unknown>>): string {
  const content = Array.isArray(result.content) ? result.content : [];
  const parts = content.map((part: unknown) => {
    const { type, text, name, uri, mimeType } = isObject(part) ? part : {};
    if (type === 'text') return words(text) ?? '';
    if (type === 'resource_link') return `[${words(name) ?? 'link'}: ${words(uri) ?? ''}]`;
    return `[${[words(type) ?? 'unknown', words(mimeType)].filter((each) => each !== undefined).join(', ')}]`;
  });
  if (parts.length === 0 && result.structuredContent !== undefined)
    parts.push(jsonText(result.structuredContent) ?? '');
  return headAndTail(parts.join('\n'));
}

const words = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What matters most stands at the beginning (what it was) and at the end (how it went). */
function headAndTail(text: string): string {
  if (text.length <= PREVIEW_CHARS) return text;
  const mark = '\n… (the whole result has more) …\n';
  const head = Math.floor(PREVIEW_CHARS / 3);
  return text.slice(0, head) + mark + text.slice(text.length - (PREVIEW_CHARS - head - mark.length));
}

const firstLine = (text: string): string => (text.trim().split('\n')[0] ?? '').slice(0, FAILURE_CHARS);
