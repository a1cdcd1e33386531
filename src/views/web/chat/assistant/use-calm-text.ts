import { useEffect, useRef, useState } from 'react';
import { splitBlocks } from './split-blocks.ts';

const MS_PER_CHARACTER = 1 / 25;
const LONGEST_MS = 1_000;

/** What cannot be cut, such as a table of hundreds of rows, is read anew as a whole: the longer it is, the less often. */
export function calmMs(text: string): number {
  const last = splitBlocks(text).at(-1)?.length ?? 0;
  return Math.min(LONGEST_MS, last * MS_PER_CHARACTER);
}

/** A text that grows, as often as its length allows; once it has ended, the whole of it at once. */
export function useCalmText(text: string, growing: boolean): string {
  const [shown, setShown] = useState(text);
  const newest = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  newest.current = text;
  useEffect(() => {
    if (!growing || timer.current !== undefined || text === shown) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      setShown(newest.current);
    }, calmMs(text));
  }, [text, growing, shown]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined; // an effect may run twice
    },
    [],
  );
  return growing ? shown : text;
}
