import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { FieldError } from '../../../base/errors.ts';
import {
  SERVER_NAME,
  SERVER_NAME_EXPECTED,
  type ServerEntry,
  ServerEntrySchema,
} from '../../server-entry.ts';

/** One server of the file: its entry, or what is wrong with it. */
export type ConfiguredServer =
  | { readonly name: string; readonly entry: ServerEntry }
  | { readonly name: string; readonly problem: string; readonly fields: readonly FieldError[] };

/** The file, read: its servers, or why nothing can be made of it as a whole. */
export type ParsedConfig =
  | { readonly ok: true; readonly servers: readonly ConfiguredServer[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads the text of `mcp.json` (comments and trailing commas are allowed). A wrong entry harms no other; each
 * problem names line, field and expectation. Pure.
 */
export function parseConfig(text: string): ParsedConfig {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined)
    return { ok: false, problem: `mcp.json, line ${lineAt(text, error.offset)}: ${inWords(error)}.` };
  if (root === undefined) return { ok: true, servers: [] };
  if (root.type !== 'object')
    return { ok: false, problem: 'mcp.json, line 1: expected an object such as {"mcpServers": {}}.' };
  const servers = findNodeAtLocation(root, ['mcpServers']);
  if (servers === undefined) return { ok: true, servers: [] };
  if (servers.type !== 'object')
    return {
      ok: false,
      problem: `mcp.json, line ${lineAt(text, servers.offset)}, mcpServers: expected an object from names to servers.`,
    };
  return { ok: true, servers: (servers.children ?? []).map((property) => readServer(text, property)) };
}

function readServer(text: string, property: Node): ConfiguredServer {
  const [key, value] = property.children ?? [];
  const name = String(key?.value ?? '');
  if (!SERVER_NAME.test(name)) {
    const field = `mcpServers.${name}`;
    const problem = `mcp.json, line ${lineAt(text, property.offset)}, ${field}: expected a name of ${SERVER_NAME_EXPECTED}.`;
    return { name, problem, fields: [{ field, expected: SERVER_NAME_EXPECTED }] };
  }
  const parsed = ServerEntrySchema.safeParse(value === undefined ? undefined : plain(value));
  if (parsed.success) return { name, entry: parsed.data };
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    const at = (value && findNodeAtLocation(value, path)) ?? value;
    const field = ['mcpServers', name, ...path].join('.');
    return { field, expected: issue.message, line: lineAt(text, at?.offset ?? property.offset) };
  });
  return {
    name,
    problem: problems
      .map((each) => `mcp.json, line ${each.line}, ${each.field}: ${each.expected}.`)
      .join('\n'),
    fields: problems.map(({ field, expected }) => ({ field, expected })),
  };
}

/** A JSON tree as plain data; own properties only, whatever their names. */
function plain(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plain);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children: [key, value] = [] }) => [
      String(key?.value),
      value && plain(value),
    ]),
  );
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

const inWords = (error: ParseError): string =>
  printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
