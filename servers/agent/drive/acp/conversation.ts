import { setTimeout as sleep } from 'node:timers/promises';
import { type AuthMethod, type ClientContext, methods, PROTOCOL_VERSION } from '@agentclientprotocol/sdk';
import type { Drive } from '../drive.ts';
import { protocolFailure, stopReasonFailure } from './failure.ts';

/** How a conversation ended by what was said in it. */
export type Said = { readonly stopReason: string; readonly why?: string } | { readonly why: string };

/** One task with one ACP agent: hello, a session in the workspace, the task, and the end of the turn. */
export class Conversation {
  readonly #agent: ClientContext;
  readonly #drive: Drive;
  #sessionId: string | undefined;
  #authMethods: readonly AuthMethod[] = [];

  constructor(agent: ClientContext, drive: Drive) {
    this.#agent = agent;
    this.#drive = drive;
  }

  /** Never rejects: what goes wrong is said. */
  async hold(): Promise<Said> {
    try {
      return await this.#hold();
    } catch (error) {
      return { why: protocolFailure(error, this.#drive.agent, this.#authMethods) };
    }
  }

  /** Asks the agent to end its turn; false when it has none yet. */
  async cancel(): Promise<boolean> {
    if (this.#sessionId === undefined) return false;
    const sent = this.#agent.notify(methods.agent.session.cancel, { sessionId: this.#sessionId });
    return sent.then(
      () => true,
      () => false,
    );
  }

  async #hold(): Promise<Said> {
    const { task, workspace, limits } = this.#drive;
    const hello = await within(
      limits.startMs,
      this.#agent.request(methods.agent.initialize, {
        protocolVersion: PROTOCOL_VERSION,
        clientCapabilities: {}, // it reads and writes its files by itself
        clientInfo: { name: 'meanwhile-agent', title: 'Meanwhile', version: '0.1.0' },
      }),
    );
    if (hello === undefined)
      return { why: `It did not answer in the Agent Client Protocol within ${limits.startMs / 1_000} s.` };
    if (hello.protocolVersion !== PROTOCOL_VERSION)
      return {
        why: `It speaks version ${hello.protocolVersion} of the Agent Client Protocol; this server speaks ${PROTOCOL_VERSION}.`,
      };
    this.#authMethods = hello.authMethods ?? [];
    const session = await this.#agent.request(methods.agent.session.new, { cwd: workspace, mcpServers: [] });
    this.#sessionId = session.sessionId;
    const { stopReason } = await this.#agent.request(methods.agent.session.prompt, {
      sessionId: session.sessionId,
      prompt: [{ type: 'text', text: task }],
    });
    const why = stopReasonFailure(stopReason);
    return { stopReason, ...(why !== undefined && { why }) };
  }
}

async function within<Result>(ms: number, promise: Promise<Result>): Promise<Result | undefined> {
  const late = new AbortController();
  try {
    return await Promise.race([
      promise,
      sleep(ms, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
  } finally {
    late.abort();
  }
}
