import type { LoggingLevel, Server, ServerContext } from '@modelcontextprotocol/server';
import type { Job } from '../job/job.ts';
import { Teller } from '../job/teller.ts';
import { type Era, type Json, META } from '../protocol.ts';
import { taskV1 } from '../tasks/v1.ts';

/** What is known of whoever calls over one connection. */
export interface Caller {
  readonly era: Era;
  /** Tells what belongs to this request, on its own stream. */
  teller(context: ServerContext): Teller;
  /** Tells under the token of this request for as long as the connection stands, also after it was answered. */
  tellerForTask(context: ServerContext): Teller;
  /** Whether a person can be asked through this client. */
  canAsk(context: ServerContext): boolean;
  /** Tells when a task of 2025-11-25 asks something or ends, for clients that listen. */
  tellTaskStatus(job: Job): void;
}

/** @param sessionLevel what the client chose with `logging/setLevel` (before 2026-07-28), if it did */
export function createCaller(server: Server, era: Era, sessionLevel: () => LoggingLevel | undefined): Caller {
  const envelope = ({ mcpReq }: ServerContext) => mcpReq.envelope as Json | undefined;
  /** Since 2026-07-28 a request says itself whether it wants log messages; before, all may be sent unless limited. */
  const level = (context: ServerContext): LoggingLevel | undefined =>
    era === 'modern'
      ? (envelope(context)?.[META.logLevel] as LoggingLevel | undefined)
      : (sessionLevel() ?? 'debug');
  const teller = (context: ServerContext, notify: ServerContext['mcpReq']['notify']) =>
    new Teller({ token: context.mcpReq._meta?.progressToken, level: () => level(context), notify });
  return {
    era,
    teller: (context) => teller(context, context.mcpReq.notify),
    tellerForTask: (context) => teller(context, (notification) => server.notification(notification)),
    canAsk(context) {
      const capabilities =
        era === 'modern'
          ? (envelope(context)?.[META.capabilities] as Json | undefined)
          : (server.getClientCapabilities() as Json | undefined);
      const elicitation = capabilities?.elicitation as Json | undefined;
      // An empty object means forms, as before there was another mode (MCP 2025-11-25, "Elicitation").
      return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
    },
    tellTaskStatus(job) {
      let told = '';
      const unwatch = job.watch(() => {
        const task = taskV1(job);
        if (task.status === told) return;
        told = String(task.status);
        void server.notification({ method: 'notifications/tasks/status', params: task }).catch(() => {});
        if (job.ending !== undefined) unwatch();
      });
    },
  };
}
