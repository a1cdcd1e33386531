import type { Clock } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import type { SpawnLedger, Unnumbered } from '../../../store/ports.ts';
import type { ServerView, Tool } from '../../../store/records.ts';
import type { ServerEntry } from '../../server-entry.ts';
import { expandEntry } from '../config/expand.ts';
import type { ConfiguredServer } from '../config/parse-config.ts';
import { prepareEntry } from '../config/prepare-entry.ts';
import type { OpenConnection, SessionConnection, SessionRef } from '../drivers/driver.ts';
import type { ServerSignIn } from '../oauth/server-sign-in.ts';
import { SignInNeeded } from '../oauth/sign-in-needed.ts';
import type { SignIns } from '../oauth/sign-ins.ts';
import { describeByManifest } from '../settings/settings-view.ts';
import { backOffMs } from './back-off.ts';
import { enterSession } from './enter-session.ts';
import type { Negotiations } from './negotiation.ts';
import { type Negotiated, openConnection } from './open-connection.ts';
import { describeTarget } from './target.ts';
import { textTail } from './text-tail.ts';

const STDERR_CHARS = 4_000;
/** A connection that held this long was a good one: the next failure starts the back-off anew. */
const STEADY_MS = 30_000;

/** A server that is ready: what a call needs of it. */
export interface ReadyServer {
  readonly connection: OpenConnection;
  readonly tools: readonly Tool[];
  readonly entry: ServerEntry;
}

/** One configured server: connects, stays connected, and says how it stands. */
export interface ServerConnection {
  readonly name: string;
  readonly configured: ConfiguredServer;
  readonly enabled: boolean;
  view(): Unnumbered<ServerView>;
  /** Connects in the background and keeps at it with a growing pause. */
  open(): void;
  /**
   * Waits while the server is connecting, at most `waitMs`.
   * @throws {AppError} `server_off`, `server_unavailable` with the reason
   */
  ready(waitMs: number): Promise<ReadyServer>;
  /** Connects now, because a person asks for it: how the server speaks is found out anew. */
  retry(): void;
  /** The connection, while there is one. */
  current(): OpenConnection | undefined;
  /** A second connection beside the one that is used, to be closed by whoever opened it. @throws {AppError | Error} */
  openApart(signal: AbortSignal): Promise<Negotiated>;
  /** The sign-in to it, where it is one that can be signed in to and it has been looked for. */
  signIn(): ServerSignIn | undefined;
  /** Enters a session of an earlier connection. @throws {AppError | Error} when it cannot be had */
  enterSession(session: SessionRef): Promise<SessionConnection>;
  /** Ends the connection; for stdio nothing of the server is left when this settles. */
  close(): Promise<void>;
}

export function createServerConnection(parts: {
  configured: ConfiguredServer;
  env: Readonly<Record<string, string | undefined>>;
  ledger: SpawnLedger;
  negotiations: Negotiations;
  signIns: SignIns;
  clock: Clock;
  log: Logger;
  changed: (view: Unnumbered<ServerView>) => void;
}): ServerConnection {
  const { configured, env, ledger, negotiations, signIns, clock, log, changed } = parts;
  const { name } = configured;
  const entry = 'entry' in configured ? configured.entry : undefined;
  const enabled = entry !== undefined && entry.meanwhile?.enabled !== false;
  const stderr = textTail(STDERR_CHARS);
  const closing = new AbortController();
  let opened: Negotiated | undefined;
  let expanded: ServerEntry | undefined;
  let signIn: ServerSignIn | undefined;
  let attempts = 0;
  let callOffRetry: (() => void) | undefined;
  let attempt: Promise<void> = Promise.resolve();
  let waiters: (() => void)[] = [];
  let view: Unnumbered<ServerView> = {
    name,
    ...(entry === undefined ? {} : describeByManifest(entry, env)),
    enabled,
    transport: entry?.url === undefined ? 'stdio' : entry.type === 'sse' ? 'sse' : 'http',
    target: entry === undefined ? '' : describeTarget(entry, env),
    state: 'problem' in configured ? 'failed' : enabled ? 'connecting' : 'off',
    ...('problem' in configured
      ? { error: { message: configured.problem, hint: 'Correct mcp.json; it is read again at once.' } }
      : {}),
    tools: [],
  };

  function set(change: Partial<Unnumbered<ServerView>>) {
    view = { ...view, ...change };
    changed(view);
    if (view.state === 'connecting') return;
    const woken = waiters;
    waiters = [];
    for (const wake of woken) wake();
  }

  async function connect(): Promise<void> {
    callOffRetry?.();
    callOffRetry = undefined;
    set({ state: 'connecting', error: undefined, retryAt: undefined });
    try {
      expanded = prepareEntry(entry as ServerEntry, env);
      opened = await openConnection(name, expanded, {
        ledger,
        negotiations,
        clock,
        authorization: signInTo(expanded),
        onStderr: (chunk) => stderr.push(chunk),
        onTools: (tools) => set({ tools }),
        signal: closing.signal,
      });
    } catch (error) {
      if (closing.signal.aborted) return;
      if (error instanceof SignInNeeded) waitForSignIn(error.message);
      else failed(error instanceof AppError ? error.detail : (error as Error).message);
      return;
    }
    const { connection, serverVersion, tools, negotiatedAt } = opened;
    const { protocolVersion, generation } = connection;
    const sinceMs = clock.now();
    log.info({ server: name, protocolVersion, tools: tools.length }, 'server ready');
    set({
      state: 'ready',
      tools,
      ...(connection.kind === 'stdio' ? {} : { transport: connection.kind }),
      protocolVersion,
      serverVersion,
      generation,
      negotiatedAt,
      signIn: signIn?.isSignedIn() ? 'done' : undefined,
      stderrTail: undefined,
      attempts: undefined,
    });
    const ending = opened;
    void connection.ended.then((why) => {
      if (opened === ending) opened = undefined;
      // In line with the attempts, so that no new one begins before this connection is wholly gone.
      attempt = attempt.then(async () => {
        await ending.close();
        if (closing.signal.aborted) return;
        if (clock.now() - sinceMs > STEADY_MS) attempts = 0;
        failed(why);
      });
    });
  }

  /** One for as long as this entry stands: a sign-in that was begun outlasts attempts to connect. */
  function signInTo(known: ServerEntry): ServerSignIn | undefined {
    signIn ??= signIns.of(name, known, {
      needed: () => set({ signIn: 'needed' }),
      signedIn() {
        if (opened !== undefined) return set({ signIn: 'done' });
        set({ signIn: 'done', state: 'connecting', error: undefined }); // never shown as signed in and failed
        begin();
      },
    });
    return signIn;
  }

  /** Nothing is tried again by itself: only a person gets us further. */
  function waitForSignIn(message: string) {
    log.info({ server: name }, 'server waits for a sign-in');
    attempts = 0;
    const hint = `Sign in under Tools & servers, or with: meanwhile servers sign-in ${name}`;
    set({
      state: 'failed',
      signIn: 'needed',
      error: { message, hint },
      attempts: undefined,
      stderrTail: undefined,
    });
  }

  function failed(message: string) {
    attempts += 1;
    const waitMs = backOffMs(attempts, Math.random());
    log.warn({ server: name, attempts, retryInMs: waitMs }, 'server not connected');
    set({
      state: 'failed',
      error: { message },
      stderrTail: stderr.text() || undefined,
      attempts,
      retryAt: new Date(clock.now() + waitMs).toISOString(),
    });
    callOffRetry = clock.after(waitMs, begin);
  }

  function begin() {
    attempt = attempt.then(() => (closing.signal.aborted || opened !== undefined ? undefined : connect()));
  }

  const unavailable = () =>
    view.state === 'off'
      ? new AppError(
          'server_off',
          `The server “${name}” is turned off. Turn it on under Tools & servers, or with: meanwhile servers enable ${name}`,
        )
      : new AppError(
          'server_unavailable',
          `The server “${name}” is not connected. ${view.error?.message ?? 'It is still connecting.'}`,
        );

  return {
    name,
    configured,
    enabled,
    view: () => view,
    open() {
      if (enabled) begin();
    },
    async ready(waitMs) {
      if (view.state === 'connecting') {
        let callOff: (() => void) | undefined;
        await new Promise<void>((resolve) => {
          waiters.push(resolve);
          callOff = clock.after(waitMs, resolve);
        });
        callOff?.();
      }
      if (opened === undefined || expanded === undefined) throw unavailable();
      return { connection: opened.connection, tools: view.tools, entry: expanded };
    },
    async openApart(signal) {
      if (entry === undefined) throw unavailable();
      const apart = prepareEntry(entry, env);
      return openConnection(name, apart, {
        ledger,
        negotiations,
        clock,
        authorization: signInTo(apart),
        onStderr: () => {},
        onTools: () => {},
        signal,
      });
    },
    current: () => opened?.connection,
    signIn: () => signIn,
    async enterSession(session) {
      const known = expandEntry(entry as ServerEntry, env);
      return enterSession(known, session, signInTo(known));
    },
    retry() {
      if (!enabled || opened !== undefined || view.state === 'connecting') return;
      attempt = attempt.then(() => negotiations.forget(name));
      begin();
    },
    async close() {
      closing.abort();
      callOffRetry?.();
      await attempt;
      await opened?.close();
      opened = undefined;
      view = { ...view, state: 'off', tools: [] };
      for (const wake of waiters) wake();
    },
  };
}
