import { expect, test } from 'vitest';
import type { ToolSeen } from '../../source.ts';
import { seenWords } from './seen-words.ts';

const cancel = (answer: ToolSeen['cancels'][number]['answer'], ms = 320) => ({ at: '', answer, ms });

test.each<[ToolSeen, string]>([
  [{ cancels: [] }, 'nothing seen yet'],
  [{ reportsProgress: true, cancels: [] }, 'reports progress'],
  [
    { reportsProgress: true, hasTotals: true, asks: true, cancels: [] },
    'reports progress with totals · asks people',
  ],
  [
    { cancels: [cancel('stopped'), cancel('stopped', 9_000)] },
    'stops when asked, the last time after 320 ms (2 of 2)',
  ],
  [{ cancels: [cancel('ignored', 4_000), cancel('stopped')] }, 'goes on when asked to stop (1 of 2)'],
  [{ cancels: [cancel('assumed')] }, 'does not say whether it stops (1 of 1)'],
])('%j', (seen, words) => {
  expect(seenWords(seen)).toBe(words);
});
