import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';
import type { Store, Unnumbered } from '../../store/ports.ts';
import type { ServerView } from '../../store/records.ts';
import type { ServerEntry } from '../server-entry.ts';
import type { ServerDirectory } from '../source.ts';
import type { FollowedWork } from './calls/followed-work.ts';
import type { ConfigFile } from './config/config-file.ts';
import type { ConfiguredServer } from './config/parse-config.ts';
import { createNegotiations } from './connection/negotiation.ts';
import { createServerConnection, type ServerConnection } from './connection/server-connection.ts';
import type { OpenConnection, ServerLink } from './drivers/driver.ts';
import { createSignIns, type SignInPlace } from './oauth/sign-ins.ts';
import { serverEdits } from './server-edits.ts';

/** The set of servers: what `mcp.json` says, made true connection by connection. */
export interface ServerSet extends ServerDirectory {
  /** Reads the file for the first time, without connecting. */
  load(): Promise<void>;
  open(): void;
  /** Reads the file again: servers that did not change stay as they are. */
  reload(): Promise<void>;
  /** @throws {AppError} `server_not_found` */
  find(name: string): ServerConnection;
  /** What `mcp.json` says of a server, while it is turned on. */
  entryOf(name: string): ServerEntry | undefined;
  /** The way to a server through every break, restart and change of its entry. */
  linkTo(name: string): ServerLink;
  /** Ends the server's processes and connects anew. */
  restart(name: string): Promise<void>;
  close(): Promise<void>;
}

export function createServerSet(parts: {
  file: ConfigFile;
  env: Readonly<Record<string, string | undefined>>;
  store: Store;
  oauth: SignInPlace;
  /** What is under way at a server. */
  workOn: (name: string) => readonly FollowedWork[];
  clock: Clock;
  log: Logger;
}): ServerSet {
  const { file, env, store, oauth, workOn, clock, log } = parts;
  const signIns = createSignIns(oauth, clock);
  const negotiations = createNegotiations(store.notes, clock);
  const connections = new Map<string, ServerConnection>();
  const views = new Map<string, ServerView>();
  const waiting = new Set<() => void>();
  let configError: string | undefined;
  let isOpen = false;
  let applying: Promise<void> = Promise.resolve();
  let telling: Promise<void> = Promise.resolve();

  /** Keeps the newest view for everyone who asks, and tells it in the order in which it changed. */
  function changed(view: Unnumbered<ServerView>) {
    views.set(view.name, { ...view, seq: views.get(view.name)?.seq ?? 0 });
    for (const wake of [...waiting]) wake();
    telling = telling.then(async () => {
      try {
        const [change] = await store.writer.commit([{ type: 'server', server: view }], 'quick');
        const newest = views.get(view.name);
        if (change !== undefined && newest !== undefined)
          views.set(view.name, { ...newest, seq: change.seq });
      } catch (error) {
        log.warn({ err: error, server: view.name }, 'could not tell how a server stands');
      }
    });
  }

  function put(configured: ConfiguredServer) {
    const connection = createServerConnection({
      configured,
      env,
      ledger: store.spawns,
      negotiations,
      signIns,
      clock,
      log,
      changed: (view) => {
        if (connections.get(configured.name) === connection) changed(view);
      },
    });
    connections.set(configured.name, connection);
    changed(connection.view());
    if (isOpen) connection.open();
  }

  async function drop(name: string, told: 'removed' | 'silently') {
    const connection = connections.get(name);
    connections.delete(name);
    await connection?.close();
    if (told === 'removed' && connection !== undefined) {
      changed({ ...connection.view(), state: 'removed', tools: [] });
      views.delete(name);
      await negotiations.forget(name);
      await signIns.forget(name);
    }
  }

  async function apply(): Promise<void> {
    const parsed = await file.read();
    if (!parsed.ok) {
      configError = parsed.problem;
      log.warn({ problem: parsed.problem }, 'mcp.json does not parse; the servers stay as they were');
      return;
    }
    configError = undefined;
    const wanted = new Map(parsed.servers.map((configured) => [configured.name, configured]));
    for (const name of [...connections.keys()]) if (!wanted.has(name)) await drop(name, 'removed');
    for (const configured of wanted.values()) {
      const current = connections.get(configured.name);
      if (current !== undefined && JSON.stringify(current.configured) === JSON.stringify(configured))
        continue;
      if (current !== undefined) await drop(configured.name, 'silently');
      // Turned on again by a person, who may have changed the program behind it.
      if (current?.enabled === false) await negotiations.forget(configured.name);
      put(configured);
    }
  }

  function reload(): Promise<void> {
    const done = applying.then(apply);
    applying = done.catch(() => {}); // a fault in one reading does not stop the next
    return done;
  }

  function find(name: string): ServerConnection {
    const connection = connections.get(name);
    if (connection === undefined)
      throw new AppError('server_not_found', notFound(name, [...connections.keys()]));
    return connection;
  }

  function viewOf(name: string): ServerView {
    const view = views.get(name);
    if (view === undefined) throw new AppError('server_not_found', notFound(name, [...connections.keys()]));
    return view;
  }

  async function restart(name: string): Promise<void> {
    const { configured } = find(name);
    await drop(name, 'silently');
    put(configured);
  }

  /** Settles with the connection of whichever entry bears the name, as soon as there is one. */
  function connected(name: string, signal: AbortSignal): Promise<OpenConnection> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        waiting.delete(look);
        signal.removeEventListener('abort', look);
      };
      const look = () => {
        const connection = connections.get(name)?.current();
        if (connection !== undefined) {
          stop();
          resolve(connection);
        } else if (signal.aborted) {
          stop();
          const view = views.get(name);
          const why = view?.state === 'off' ? 'It is turned off.' : (view?.error?.message ?? '');
          reject(new AppError('server_unavailable', `“${name}” is not connected. ${why}`.trim()));
        }
      };
      waiting.add(look);
      signal.addEventListener('abort', look);
      look();
    });
  }

  const edits = serverEdits({
    file,
    env,
    has: (name) => connections.has(name),
    find,
    viewOf,
    reload,
    workOn,
  });

  return {
    entryOf(name) {
      const configured = connections.get(name)?.configured;
      return configured !== undefined && 'entry' in configured ? configured.entry : undefined;
    },
    linkTo: (name) => ({
      server: name,
      isLocal: views.get(name)?.transport === 'stdio',
      isRemoved: () => !views.has(name),
      current: () => connections.get(name)?.current(),
      connected: (signal) => connected(name, signal),
      enterSession: (session) => find(name).enterSession(session),
    }),
    load: apply,
    reload,
    open() {
      isOpen = true;
      for (const connection of connections.values()) connection.open();
    },
    find,
    list: () => [...connections.keys()].map(viewOf),
    get: (name) => views.get(name),
    configError: () => configError,
    ...edits,
    async retry(name) {
      find(name).retry();
      return viewOf(name);
    },
    restart,
    async signIn(name) {
      const signIn = find(name).signIn();
      if (signIn === undefined) throw noSignIn(name);
      return signIn.begin();
    },
    async signOut(name) {
      const signIn = find(name).signIn();
      if (signIn === undefined) throw noSignIn(name);
      await signIn.signOut();
      await restart(name);
      return viewOf(name);
    },
    async finishSignIn(query) {
      const state = query.get('state') ?? '';
      const waiting = [...connections.values()].find((each) => each.signIn()?.isWaitingFor(state));
      if (waiting === undefined)
        throw new AppError(
          'sign_in_unknown',
          'This sign-in was not begun here, has been used already, or took too long. Begin it again under Tools & servers.',
        );
      await waiting.signIn()?.finish(query);
      return waiting.name;
    },
    async close() {
      await applying;
      await Promise.all([...connections.values()].map((connection) => connection.close()));
      await telling;
    },
  };
}

const noSignIn = (name: string): AppError =>
  new AppError(
    'sign_in_not_offered',
    `There is no sign-in to “${name}”: it is off, is a program on this machine, or mcp.json names its authorization.`,
  );

const notFound = (name: string, known: readonly string[]): string =>
  `There is no server “${name}”.${known.length === 0 ? '' : ` There are: ${known.slice(0, 20).join(', ')}.`}`;
