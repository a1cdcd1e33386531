/**
 * The result of a tool as text: its text parts as they are, anything else named in a line of its own. Where
 * there is no part at all, the structured content as JSON.
 * @param content for MCP a CallToolResult, `{content: […], structuredContent?}`; anything else becomes JSON
 */
export function resultText(content: unknown): string {
  if (typeof content === 'string') return content;
  const { content: parts, structuredContent } = (content ?? {}) as {
    content?: unknown;
    structuredContent?: unknown;
  };
  if (Array.isArray(parts) && (parts.length > 0 || structuredContent === undefined)) {
    return parts.map(partText).join('\n');
  }
  return JSON.stringify(structuredContent ?? content ?? null, null, 2);
}

interface Part {
  readonly type?: string;
  readonly text?: string;
  readonly mimeType?: string;
  readonly data?: string;
  readonly uri?: string;
  readonly name?: string;
  readonly resource?: { readonly uri?: string; readonly text?: string; readonly mimeType?: string };
}

function partText(part: Part): string {
  switch (part?.type) {
    case 'text':
      return part.text ?? '';
    case 'image':
    case 'audio':
      return `[${part.type} ${part.mimeType ?? ''}, ${Math.ceil(((part.data?.length ?? 0) * 3) / 4096)} KB]`;
    case 'resource_link':
      return `[${part.name ?? 'resource'}: ${part.uri ?? ''}]`;
    case 'resource':
      return part.resource?.text ?? `[resource ${part.resource?.uri ?? ''}]`;
    default:
      return JSON.stringify(part);
  }
}
