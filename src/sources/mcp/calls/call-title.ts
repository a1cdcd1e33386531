import type { Tool } from '../../../store/records.ts';

const ARGUMENT_CHARS = 80;

/** A title that tells one call of a tool from the next: the tool's, and its first textual argument. */
export function callTitle(tool: Tool, args: Readonly<Record<string, unknown>>): string {
  const name = tool.title ?? tool.name;
  const { required } = tool.inputSchema;
  const order = [...(Array.isArray(required) ? required.map(String) : []), ...Object.keys(args)];
  const text = order
    .map((key) => (Object.hasOwn(args, key) ? args[key] : undefined))
    .find((value) => typeof value === 'string' && value.trim() !== '');
  if (typeof text !== 'string') return name;
  const line = shortenPaths(text.trim().replace(/\s+/g, ' '));
  return `${name}: ${line.length > ARGUMENT_CHARS ? `${line.slice(0, ARGUMENT_CHARS - 1)}…` : line}`;
}

/** Long paths keep their last part, which tells most. */
const shortenPaths = (text: string): string =>
  text.replace(/(?:\/[^\s/'"]+){3,}/g, (path) => `…${path.slice(path.lastIndexOf('/'))}`);
