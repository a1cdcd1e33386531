import type { Clock } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Tool } from '../../../store/records.ts';
import type { Ending } from '../../../task/report.ts';
import type { OpenConnection, RunningCall, ServerLink } from '../drivers/driver.ts';
import { readHandle, type WorkHandle } from '../drivers/handles.ts';
import { mcpDriver } from '../drivers/mcp-driver.ts';

/** One run of a tool that is only watched: nothing of it is recorded, and what it asks is put away. */
export interface WatchedRun {
  readonly running: RunningCall;
  readonly startedMs: number;
  progress: number;
  totals: boolean;
  words: boolean;
  asked: boolean;
  handle: WorkHandle | undefined;
  /** Settles with the first sign that the work is under way, be it its end. */
  readonly underWay: Promise<void>;
  /** @returns the end, or nothing when it has not come after so long */
  endWithin(ms: number): Promise<Ending | undefined>;
}

export function watchRun(parts: {
  clock: Clock;
  connection: OpenConnection;
  link: ServerLink;
  tool: Tool;
  arguments: Readonly<Record<string, unknown>>;
  signal: AbortSignal;
}): WatchedRun {
  const { clock, connection, link, tool, signal } = parts;
  const underWay = Promise.withResolvers<void>();
  const sign = () => underWay.resolve();
  const running: RunningCall = mcpDriver(clock).start(
    connection,
    link,
    { tool, arguments: parts.arguments, token: `mw-${newId('call')}`, cancelSupport: 'request' },
    {
      progress({ total }) {
        run.progress += 1;
        run.totals ||= total !== undefined;
        sign();
      },
      told() {
        run.words = true;
        sign();
      },
      log: () => {},
      async handle(handle) {
        if (handle !== null) run.handle = readHandle(handle) ?? run.handle;
        sign();
      },
      keep(handle) {
        run.handle = readHandle(handle) ?? run.handle;
      },
      async asked({ key }) {
        run.asked = true;
        setImmediate(() => void running.answer({ key, action: 'cancel' }).catch(() => {}));
      },
      standing: () => [],
      answered: () => {},
      withdrawn: () => {},
      contactLost: () => {},
      contactBack: () => {},
      cancelNoted: () => {},
      corrected: () => {},
    },
  );
  const onAbort = () => running.cancel();
  signal.addEventListener('abort', onAbort, { once: true });
  void running.done.then(() => {
    signal.removeEventListener('abort', onAbort);
    sign();
  });

  const run: WatchedRun = {
    running,
    startedMs: clock.now(),
    progress: 0,
    totals: false,
    words: false,
    asked: false,
    handle: undefined,
    underWay: underWay.promise,
    async endWithin(ms) {
      let callOff = () => {};
      const enough = new Promise<undefined>((resolve) => {
        callOff = clock.after(ms, () => resolve(undefined));
      });
      const ending = await Promise.race([running.done, enough]);
      callOff();
      return ending;
    },
  };
  return run;
}
