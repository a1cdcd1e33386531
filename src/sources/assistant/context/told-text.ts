/** How much of a tool's result a model is told. */
const RESULT_CHARS = 20_000;
const HEAD = 0.7;

/** Head and tail of a long text; what is left out between is said. */
export function capped(text: string, chars = RESULT_CHARS): string {
  if (text.length <= chars) return text;
  const head = Math.floor(chars * HEAD);
  const tail = chars - head;
  return `${text.slice(0, head)}\n[… ${text.length - chars} characters left out …]\n${text.slice(-tail)}`;
}

/**
 * Sets off what others have written, so that it is told apart from what a person says. What stands in it cannot end it.
 */
export function delimited(facts: Readonly<Record<string, string | undefined>>, text: string): string {
  const attributes = Object.entries(facts).flatMap(([name, value]) =>
    value === undefined ? [] : [` ${name}="${value.replace(/["<>\n]/g, ' ')}"`],
  );
  return `<tool_output${attributes.join('')}>\n${text.replace(/<(\/?)tool_output/gi, '‹$1tool_output')}\n</tool_output>`;
}

/** What a CallToolResult says, as text. Pictures and sounds are named, not shown. */
export function resultText(result: unknown): string {
  const { content, structuredContent } = (result ?? {}) as { content?: unknown; structuredContent?: unknown };
  const parts = Array.isArray(content) ? content.map(partText) : [];
  const text = parts.join('\n');
  if (text !== '') return text;
  if (structuredContent !== undefined) return JSON.stringify(structuredContent);
  return result === undefined || Array.isArray(content) ? '(no output)' : JSON.stringify(result);
}

function partText(part: {
  type?: string;
  text?: string;
  mimeType?: string;
  uri?: string;
  resource?: { uri?: string; text?: string };
}): string {
  switch (part?.type) {
    case 'text':
      return String(part.text ?? '');
    case 'resource':
      return part.resource?.text ?? `[resource ${part.resource?.uri ?? ''}, not shown]`;
    case 'resource_link':
      return `[resource ${part.uri ?? ''}]`;
    default:
      return `[${part?.type ?? 'something'} of type ${part?.mimeType ?? 'unknown'}, not shown]`;
  }
}
