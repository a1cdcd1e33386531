import { onTestFinished } from 'vitest';
import { type KilledHost as Killed, startKilledHost } from '../support/killed-host.ts';

export type KillPoint =
  | 'when a use is about to be sent'
  | 'when a call is recorded'
  | 'when an end is delivered'
  | 'when the turn that follows an end has begun'
  | 'when the turn that follows an end is over'
  | 'when a follow-up is said'
  | 'never';

export type KilledHost = Killed<KillPoint>;

export const killedHost = (folder: string, env?: NodeJS.ProcessEnv): Promise<KilledHost> =>
  startKilledHost('test/assistant/killed-host.ts', folder, onTestFinished, env);
