import { EXIT } from '../exit-status.ts';

export interface StartOptions {
  readonly port?: number;
  readonly host?: string;
  /** Open the page in the browser once it is served. */
  readonly open?: boolean;
}

type RunHost = (options: StartOptions & { readonly env: NodeJS.ProcessEnv }) => Promise<void>;

/** The one place that reaches for the host: only `start` needs it, and it is large. */
const HOST_MODULE = new URL('../../../host/main.ts', import.meta.url).href;

/** Runs a host here until it is told to stop. Options count more than `PORT` in the environment. */
export async function start(env: NodeJS.ProcessEnv, options: StartOptions): Promise<number> {
  const { runHost } = (await import(HOST_MODULE)) as { runHost: RunHost };
  await runHost({ ...options, env });
  return EXIT.ok;
}
