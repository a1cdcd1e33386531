import type { ServerCheck } from '../../source.ts';

/** What was looked at so far, in the order in which it was. */
export interface Checklist {
  readonly checks: readonly ServerCheck[];
  ok(what: string, words: string): void;
  warning(what: string, words: string): void;
  failed(what: string, words: string): void;
  skipped(what: string, words: string): void;
}

export function checklist(): Checklist {
  const checks: ServerCheck[] = [];
  const add = (result: ServerCheck['result']) => (what: string, words: string) => {
    checks.push({ what, result, words });
  };
  return { checks, ok: add('ok'), warning: add('warning'), failed: add('failed'), skipped: add('skipped') };
}

/** A duration as it stands in a sentence. */
export const secondsOf = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
