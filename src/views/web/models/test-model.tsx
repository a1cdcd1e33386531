import { CircleCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ModelTest } from '../data/types.ts';
import { formatDuration } from '../text/duration.ts';
import { plainText } from '../text/plain.ts';
import { Alert } from '../ui/alert.tsx';

export interface RunningTest {
  readonly busy: boolean;
  readonly result: ModelTest | undefined;
  /** @throws as `request` does */
  run(ask: (signal: AbortSignal) => Promise<ModelTest>): Promise<void>;
  clear(): void;
}

/** One test at a time; what one leaves is called off. */
export function useModelTest(): RunningTest {
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<ModelTest>();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  return {
    busy,
    result,
    async run(ask) {
      abort.current?.abort();
      const mine = new AbortController();
      abort.current = mine;
      setBusy(true);
      setResult(undefined);
      try {
        const found = await ask(mine.signal);
        if (!mine.signal.aborted) setResult(found);
      } catch (error) {
        if (!mine.signal.aborted) throw error;
      } finally {
        if (abort.current === mine) setBusy(false);
      }
    },
    clear: () => setResult(undefined),
  };
}

const HEADS: Readonly<Record<ModelTest['what'], string>> = {
  works: 'It answers',
  key: 'The key is not right',
  address: 'The address is not right',
  model: 'The model is not right',
  rate_limit: 'It takes no more for now',
  other: 'It does not work',
};

export function TestResult({ test: { result } }: { readonly test: RunningTest }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result !== undefined) box.current?.scrollIntoView({ block: 'nearest' });
  }, [result]);
  if (result === undefined) return null;
  return (
    <div ref={box}>
      <Outcome result={result} />
    </div>
  );
}

function Outcome({ result }: { readonly result: ModelTest }) {
  if (result.ok)
    return (
      <p
        role="status"
        className="flex items-start gap-2.5 rounded-lg border border-good/30 bg-good-soft px-3 py-2.5 text-sm text-good"
      >
        <CircleCheck className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span className="min-w-0 break-words">It answers, in {formatDuration(result.ms)}.</span>
      </p>
    );
  return (
    <Alert kind="bad">
      <p className="font-medium">{HEADS[result.what]}</p>
      <p className="mt-0.5">{plainText(result.words)}</p>
    </Alert>
  );
}
