import { readFile } from 'node:fs/promises';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { type Check, fail, ok } from './check.ts';

/** Whether mcp.json is JSON at all; asked only while no host runs that would know better. */
export async function checkConfig(path: string): Promise<Check> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return ok('mcp.json', 'there is none; bundled servers only');
  const errors: ParseError[] = [];
  const value = parse(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first) {
    const line = text.slice(0, first.offset).split('\n').length;
    return fail('mcp.json', `line ${line}: ${printParseErrorCode(first.error)}`, `Correct ${path}.`);
  }
  if (typeof value?.mcpServers !== 'object' || value.mcpServers === null) {
    return fail('mcp.json', 'the field mcpServers is missing', `Put your servers under it in ${path}.`);
  }
  return ok('mcp.json', countOf(Object.keys(value.mcpServers).length));
}

const countOf = (servers: number): string => (servers === 1 ? '1 server' : `${servers} servers`);
