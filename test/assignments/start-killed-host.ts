import { type KilledHost as Killed, startKilledHost } from '../support/killed-host.ts';
import type { AtEnd } from '../support/test-host.ts';

export type KillPoint =
  | 'before the run is kept'
  | 'when the run is kept'
  | 'when it has begun'
  | 'before its call is sent'
  | 'before the end of its call is kept'
  | 'when the end of its call is kept'
  | 'before its second step is kept'
  | 'before the end of the run is kept'
  | 'when the end of the run is kept'
  | 'never';

export type KilledHost = Killed<KillPoint>;

export const killedHost = (folder: string, atEnd: AtEnd, env?: NodeJS.ProcessEnv): Promise<KilledHost> =>
  startKilledHost('test/assignments/killed-host.ts', folder, atEnd, env);
