import { toMessage } from '../../runtime/output/clean.ts';

/** One line of `--output-format stream-json`, as Claude Code, Cursor and Qwen Code print it, made readable. */
export interface StreamEvent {
  /** Lines for the log, with their line ends; empty for what nobody needs to see. */
  readonly log: string;
  /** What the agent says. */
  readonly said?: string;
  /** The last event of a run: its answer, or why it failed. */
  readonly result?: { readonly text: string; readonly isError: boolean };
}

/** `undefined` when it is no such line. */
export function readStreamEvent(line: string): StreamEvent | undefined {
  const event = parsed(line);
  if (event === undefined) return undefined;
  if (event.type === 'result') {
    const text = typeof event.result === 'string' ? event.result : String(event.subtype ?? '');
    return { log: '', result: { text, isError: event.is_error === true } };
  }
  const blocks = contentOf(event);
  if (event.type !== 'assistant') return { log: '' };
  const said = blocks.flatMap(({ type, text }) =>
    type === 'text' && typeof text === 'string' ? [text] : [],
  );
  const lines = blocks.flatMap((block) => {
    if (block.type === 'text') return typeof block.text === 'string' ? [block.text] : [];
    return block.type === 'tool_use' ? [`[${block.name}] ${subject(block.input)}`.trim()] : [];
  });
  return {
    log: lines.map((each) => `${each}\n`).join(''),
    ...(said.length > 0 && { said: `${said.join('\n')}\n` }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

const TYPES = new Set(['system', 'assistant', 'user', 'result', 'stream_event', 'rate_limit_event']);

function parsed(line: string): Fields | undefined {
  if (!line.startsWith('{"type":')) return undefined;
  try {
    const event = JSON.parse(line) as Fields;
    return TYPES.has(String(event.type)) ? event : undefined;
  } catch {
    return undefined;
  }
}

function contentOf({ message }: Fields): readonly Fields[] {
  const content = (message as Fields | undefined)?.content;
  return Array.isArray(content) ? content.filter((each) => typeof each === 'object' && each !== null) : [];
}

/** What a tool is used on, by the names that such tools give to it. */
function subject(input: unknown): string {
  const fields = (input ?? {}) as Fields;
  const value = ['file_path', 'path', 'command', 'pattern', 'query', 'url', 'description']
    .map((name) => fields[name])
    .find((each) => typeof each === 'string');
  return toMessage(String(value ?? ''));
}
