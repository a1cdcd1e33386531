/* The words of MCP that the bundled servers use, all in one place. */

/** The extension for tasks of 2026-07-28 (SEP-2663). */
export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';

export const META = {
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  logLevel: 'io.modelcontextprotocol/logLevel',
  /** 2025-11-25: to which task a request, notification or result belongs. */
  relatedTask: 'io.modelcontextprotocol/related-task',
} as const;

/** JSON-RPC 2.0, section 5.1, and MCP. */
export const CODES = {
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  missingCapability: -32021,
} as const;

export type Era = 'legacy' | 'modern';

export type Json = Readonly<Record<string, unknown>>;
