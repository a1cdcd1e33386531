import type { OpenConnection, SessionRef } from './driver.ts';

/** The session that a connection is in, where its transport has sessions (Streamable HTTP before 2026-07-28). */
export function sessionOf({ transport, protocolVersion }: OpenConnection): SessionRef | undefined {
  const { sessionId } = transport;
  return sessionId === undefined ? undefined : { sessionId, protocolVersion };
}

/** Whether an error says that the server has forgotten the session: MCP wants 404, many servers say 400. */
export function isSessionGone(error: unknown): boolean {
  const status = statusOf(error);
  return status === 404 || (status === 400 && /session/i.test(String((error as Error).message)));
}

/** The HTTP status behind an error of the transport. */
export function statusOf(error: unknown): number | undefined {
  const { status, data } = error as { status?: unknown; data?: { status?: unknown } };
  const found = data?.status ?? status;
  return typeof found === 'number' ? found : undefined;
}
