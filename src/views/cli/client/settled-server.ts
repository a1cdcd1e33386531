import type { ServerView } from '../../../store/records.ts';
import type { Host } from './find-host.ts';
import { serverWhen } from './server-when.ts';

/** How long a server may take to connect while somebody looks on. */
const PATIENCE_MS = 15_000;

/** The server as it is once it has stopped connecting, or after 15 s at the latest. */
export const settledServer = (find: () => Promise<Host>, start: ServerView): Promise<ServerView> =>
  serverWhen(find, start, ({ state }) => state !== 'connecting', PATIENCE_MS);
