import { plainText } from './plain.ts';

/** Arguments of a call on one line: `command="tar -czf …" timeoutMs=5000`. */
export function summariseArguments(args: Readonly<Record<string, unknown>> | undefined, max = 160): string {
  const words = Object.entries(args ?? {}).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const line = plainText(words.join(' ')).replace(/\s+/g, ' ');
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
}

/** A value as indented JSON, for a block. */
export function indentedJson(value: unknown): string {
  return plainText(JSON.stringify(value, null, 2) ?? 'nothing');
}
