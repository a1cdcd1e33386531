import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  type ParseErrorCode,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { FieldError } from '../../../base/errors.ts';
import { fieldErrors } from '../../../base/field-errors.ts';
import {
  SERVER_NAME,
  SERVER_NAME_EXPECTED,
  type ServerEntry,
  ServerEntrySchema,
} from '../../server-entry.ts';

/** The file is empty, or holds comments alone. */
const EMPTY = 4 satisfies ParseErrorCode.ValueExpected;

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
  if (root === undefined && error?.error === EMPTY) return { ok: true, servers: [] };
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
  const found = (servers.children ?? []).map((property) => readServer(text, property));
  return { ok: true, servers: [...Map.groupBy(found, ({ name }) => name).values()].map(once) };
}

/** Programs differ in which of two entries of one name they take, so neither is taken. */
function once(entries: readonly ConfiguredServer[]): ConfiguredServer {
  const [first] = entries as [ConfiguredServer];
  if (entries.length === 1) return first;
  const field = `mcpServers.${first.name}`;
  const expected = 'this name once';
  return {
    name: first.name,
    problem: `mcp.json, ${field}: the name stands ${entries.length} times; expected ${expected}.`,
    fields: [{ field, expected }],
  };
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
  const fields = fieldErrors(parsed.error, ['mcpServers', name]);
  const problems = fields.map(({ field, expected }) => {
    const path = field.split('.').slice(2);
    const at = nearestNode(value, path) ?? property;
    return `mcp.json, line ${lineAt(text, at.offset)}, ${field}: expected ${expected}.`;
  });
  return { name, problem: problems.join('\n'), fields };
}

/** The node at a path, or the nearest above it that the file has. */
function nearestNode(root: Node | undefined, path: readonly string[]): Node | undefined {
  for (let length = path.length; root !== undefined && length > 0; length--) {
    const steps = path.slice(0, length).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const found = findNodeAtLocation(root, steps);
    if (found !== undefined) return found;
  }
  return root;
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
