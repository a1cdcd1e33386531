import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Observable } from '../data/observable.ts';
import type { Kind, RecordTypes } from '../data/record-store.ts';
import { records } from '../data/records.ts';

/** One record; the component renders again when this very record changes, and for nothing else. */
export function useRecord<K extends Kind>(kind: K, id: string | undefined): RecordTypes[K] | undefined {
  const subscribe = useCallback(
    (listener: () => void) => (id === undefined ? () => {} : records.subscribe(kind, id, listener)),
    [kind, id],
  );
  return useSyncExternalStore(subscribe, () => (id === undefined ? undefined : records.get(kind, id)));
}

/**
 * Something derived from all records of a kind. Renders again only when the outcome is not the
 * `same`: arrays are compared item by item, so a list of ids stays while the records behind it change.
 */
export function useRecords<K extends Kind, R>(
  kind: K,
  derive: (all: readonly RecordTypes[K][]) => R,
  same: (a: R, b: R) => boolean = isSame,
): R {
  const last = useRef<{ all: readonly RecordTypes[K][]; derive: unknown; value: R } | undefined>(undefined);
  const subscribe = useCallback(
    (listener: () => void) => records.subscribe(kind, undefined, listener),
    [kind],
  );
  return useSyncExternalStore(subscribe, () => {
    const all = records.all(kind);
    const known = last.current;
    if (known !== undefined && known.all === all && known.derive === derive) return known.value;
    const value = derive(all);
    const kept = known !== undefined && same(known.value, value) ? known.value : value;
    last.current = { all, derive, value: kept };
    return kept;
  });
}

export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.get);
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, index) => Object.is(item, b[index]));
}
