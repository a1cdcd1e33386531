import { VERSION } from '../../../base/version.ts';

/** The tasks extension of 2026-07-28 (SEP-2663). */
export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';

/** Where a request of 2025-11-25 says to which task it belongs. */
export const RELATED_TASK = 'io.modelcontextprotocol/related-task';

/**
 * What we offer to servers: people answer questions, and tasks are followed; roots where the configuration names
 * some. No sampling.
 */
export const clientCapabilities = (hasRoots: boolean) => ({
  elicitation: { form: {}, url: {} },
  extensions: { [TASKS_EXTENSION]: {} },
  ...(hasRoots ? { roots: {} } : {}),
});

export const CLIENT_INFO = { name: 'meanwhile', version: VERSION };

/** What every request carries since 2026-07-28, where the SDK does not put it there. */
export const requestMeta = (
  protocolVersion: string,
  hasRoots: boolean,
): Readonly<Record<string, unknown>> => ({
  'io.modelcontextprotocol/protocolVersion': protocolVersion,
  'io.modelcontextprotocol/clientInfo': CLIENT_INFO,
  'io.modelcontextprotocol/clientCapabilities': clientCapabilities(hasRoots),
});
