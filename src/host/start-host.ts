import { resolve } from 'node:path';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import { VERSION } from '../base/version.ts';
import { createChat } from '../chat/chat.ts';
import { createDelivery } from '../chat/delivery.ts';
import { createFeed } from '../live/feed.ts';
import { createAssignments } from '../sources/assignments/assignments.ts';
import { createAssistant } from '../sources/assistant/assistant.ts';
import { createMcpHub } from '../sources/mcp/hub.ts';
import type { Store } from '../store/ports.ts';
import { createTracker } from '../tracker/tracker.ts';
import { createApi } from '../views/api/app.ts';
import { servePages } from '../views/api/static-pages.ts';
import { assignmentPorts } from './assignment-ports.ts';
import { assistantPorts } from './assistant-ports.ts';
import { ensureConfig } from './default-config.ts';
import { openDataFolder } from './folder.ts';
import { writeHostFile } from './host-file.ts';
import { listen } from './listen.ts';
import { lockFolder } from './lock.ts';
import { openStore } from './open-store.ts';
import { createRestartAccounts } from './restart-account.ts';
import { routeSources } from './route-sources.ts';
import { secretToken } from './secret-token.ts';
import { createStopping, type Stopping } from './stopping.ts';
import { welcomeOffer } from './welcome.ts';

/** The folder of this program. */
export const APP = resolve(import.meta.dirname, '../..');

export interface HostOptions {
  /** The data folder. */
  readonly folder: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Logger;
  readonly clock?: Clock;
  /** The built pages; without them only the API is served. */
  readonly pages?: Promise<string>;
}

export interface RunningHost {
  readonly url: string;
  readonly token: string;
  readonly folder: string;
  readonly store: Store;
  readonly stopping: Stopping;
  /** Ends all work truthfully; settles when nothing is left. */
  close(): Promise<void>;
  /** Settles when the host has closed, whoever asked for it. */
  readonly closed: Promise<void>;
}

/**
 * The composition root: makes the parts, hands them to each other, and starts them in the order in which they
 * may be believed: what an earlier run left is accounted for and delivered before the first page is served.
 * @throws {AppError} `host_running`, `port_in_use`, `store_*`; then nothing is left running
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const { env, log, clock = systemClock } = options;
  const files = openDataFolder(options.folder);
  const undo: (() => unknown)[] = [];
  const { promise: closed, resolve: hasClosed, reject: notClosed } = Promise.withResolvers<void>();
  closed.catch(() => {}); // told to whoever closes, too
  let closing: Promise<void> | undefined;
  /** Takes back what was started, the last first. */
  const takeBack = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const close = () => {
    if (closing === undefined) {
      closing = takeBack();
      closing.then(hasClosed, notClosed);
    }
    return closing;
  };

  try {
    undo.push(lockFolder(files.lock, files.folder));
    const token = secretToken(files.token);
    ensureConfig(files);
    const store = await openStore(files.database, env);
    undo.push(() => store.close());

    const tracker = createTracker(store, clock, log);
    undo.push(() => tracker.close());
    const feed = createFeed(store);
    let address = '';
    const hub = createMcpHub({
      configPath: files.config,
      oauth: { folder: files.oauth, redirectUrl: () => `${address}/oauth/callback` },
      env: { ...env, MEANWHILE_NODE: process.execPath, MEANWHILE_APP: APP, MEANWHILE_DATA: files.folder },
      store,
      tracker,
      clock,
      log,
    });
    const restarts = createRestartAccounts(store, clock);
    const chat = createChat(store, clock, {
      call: (request) => stopping.admit(() => hub.callFromChat(request)),
      cancel: (taskId, by) => source.cancel(taskId, { by, force: false }),
      answer: (session, own) => stopping.admit(() => assistant.said(session, own)),
      drafts: {
        preview: (draft) => assignments.preview(draft),
        create: (draft, by) => assignments.create(draft, by),
        change: (id, draft) => assignments.change(id, draft),
        server: hub.servers.get,
        resources: hub.listResources,
      },
    });
    const assistant = createAssistant({
      modelsPath: files.models,
      env,
      store,
      ports: assistantPorts({
        store,
        hub,
        assignments: () => assignments,
        cancel: (taskId, by) => source.cancel(taskId, { by, force: false }),
        mayBegin: () => stopping.state().state === 'running',
      }),
      clock,
      log,
    });
    const assignments = createAssignments({
      store,
      tracker,
      ports: assignmentPorts({ store, hub, chat, assistant, clock }),
      watcher: hub,
      clock,
      log,
      mayBegin: () => stopping.state().state === 'running',
    });
    const source = routeSources(store, { mcp: hub, assignment: assignments });
    const stopping = createStopping({
      store,
      source,
      turns: () => assistant.turnsGoingOn(),
      restarts,
      clock,
      log,
      shutDown: () => {
        close().catch((error) => log.error({ err: error }, 'the host could not be closed'));
      },
    });
    const delivery = createDelivery({
      store,
      clock,
      log,
      note: async (outcome) => {
        const message = outcome.type === 'delivered' ? outcome.message : undefined;
        await tracker.note(outcome, message === undefined ? [] : [{ type: 'message', message }]);
      },
    });
    undo.push(() => delivery.close());

    await restarts.begin();
    const left = await store.tasks.active();
    await hub.recover(left.filter(({ source }) => source.type === 'mcp'));
    undo.push(() => hub.close());
    await assignments.recover(left.filter(({ source }) => source.type === 'assignment'));
    undo.push(() => assignments.close());
    await assistant.recover();
    undo.push(() => assistant.close());
    await restarts.account();
    await delivery.open();

    const pages = await options.pages;
    const server = await listen(options, ({ hosts, port }) => {
      const app = createApi({
        store,
        feed,
        chat,
        servers: hub.servers,
        calls: {
          call: (request) => stopping.admit(() => hub.call(request)),
          callAgain: (taskId) => stopping.admit(() => hub.callAgain(taskId)),
        },
        tester: hub,
        assignments: {
          ...assignments,
          tryNow: (draft, event) => stopping.admit(() => assignments.tryNow(draft, event)),
          run: (id) => stopping.admit(() => assignments.run(id)),
        },
        models: assistant.models,
        assistant,
        source,
        host: stopping,
        welcome: async () =>
          welcomeOffer({
            app: APP,
            backups: files.backups,
            server: hub.servers.get,
            now: () => new Date(clock.now()),
          }),
        clock,
        log,
        token,
        allowedHosts: hosts,
        cookieName: `meanwhile_${port}`,
        version: VERSION,
      });
      if (pages !== undefined) servePages(app, pages);
      return app.fetch;
    });
    undo.push(async () => {
      feed.close();
      await server.close();
    });
    address = server.url;
    await hub.open();
    await assistant.open();
    await assignments.open();
    undo.push(stopping.onChange(assignments.offerAgain));
    undo.push(stopping.onChange(assistant.offerAgain));
    await restarts.served();
    undo.push(() =>
      restarts.stopping().catch((error) => log.error({ err: error }, 'what runs could not be noted')),
    );
    undo.push(writeHostFile(files.host, server.url));
    undo.push(() => stopping.closing());
    return { url: server.url, token, folder: files.folder, store, stopping, close, closed };
  } catch (error) {
    await close();
    throw error;
  }
}

export const signInLink = ({ url, token }: Pick<RunningHost, 'url' | 'token'>): string =>
  `${url}/signin?token=${encodeURIComponent(token)}`;
