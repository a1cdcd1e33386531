import { EXIT } from '../exit-status.ts';

export interface StartOptions {
  readonly port?: number;
  readonly host?: string;
  /** Open the page in the browser once it is served. */
  readonly open?: boolean;
}

/** Runs a host here until it is told to stop. Options count more than `PORT` in the environment. */
export async function start(env: NodeJS.ProcessEnv, { open, ...options }: StartOptions): Promise<number> {
  // The one place that reaches for the host: only `start` needs it, and it is large.
  const { runHost } = await import('../../../host/main.ts');
  const opening = new AbortController();
  if (open) {
    const { openPageWhenServed } = await import('../browser/open-page-when-served.ts');
    void openPageWhenServed(env, process.pid, opening.signal);
  }
  try {
    await runHost({ ...options, env });
  } finally {
    opening.abort();
  }
  return EXIT.ok;
}
