import type { ServerCheck } from '../../source.ts';

/** What was looked at so far, in the order in which it was. */
export interface Checklist {
  readonly checks: readonly ServerCheck[];
  ok(what: string, words: string): void;
  warning(what: string, words: string): void;
  failed(what: string, words: string): void;
  skipped(what: string, words: string): void;
  /** Ends the list: what was meant to be looked at and was not is left out, and nothing is added any more. */
  seal(meant: readonly string[], why: string): void;
}

export function checklist(): Checklist {
  const checks: ServerCheck[] = [];
  let sealed = false;
  const add = (result: ServerCheck['result']) => (what: string, words: string) => {
    if (!sealed) checks.push({ what, result, words });
  };
  const skipped = add('skipped');
  return {
    checks,
    ok: add('ok'),
    warning: add('warning'),
    failed: add('failed'),
    skipped,
    seal(meant, why) {
      for (const what of meant) if (!checks.some((check) => check.what === what)) skipped(what, why);
      sealed = true;
    },
  };
}

/** A duration as it stands in a sentence. */
export const secondsOf = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
