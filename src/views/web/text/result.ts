import { indentedJson } from './arguments.ts';
import { plainText } from './plain.ts';

/**
 * A whole result as text. For a CallToolResult (`content: [{type: "text", text}, …]`) its texts in order, other
 * blocks named by their type; structured content when there is no text; anything else as JSON.
 */
export function resultText(content: unknown): string {
  if (typeof content === 'string') return plainText(content);
  const blocks = field(content, 'content');
  if (!Array.isArray(blocks)) return indentedJson(content);
  const texts = blocks.map(blockText);
  const structured = field(content, 'structuredContent');
  if (structured !== undefined && !blocks.some((block) => field(block, 'type') === 'text')) {
    texts.push(indentedJson(structured));
  }
  return texts.join('\n');
}

function blockText(block: unknown): string {
  const type = field(block, 'type');
  const text = field(block, 'text') ?? field(field(block, 'resource'), 'text');
  if (typeof text === 'string') return plainText(text);
  const uri = field(block, 'uri') ?? field(field(block, 'resource'), 'uri');
  const mime = field(block, 'mimeType');
  return `[${[type, mime, uri].filter((word) => typeof word === 'string').join(' ')}]`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
