import type { ToolSeen } from '../../source.ts';
import { secondsOf } from './checklist.ts';

/** What a tool was seen to do in real calls, in a line for people. */
export function seenWords({ reportsProgress, hasTotals, asks, cancels }: ToolSeen): string {
  const facts = [
    reportsProgress && `reports progress${hasTotals ? ' with totals' : ''}`,
    asks && 'asks people',
    cancelWords(cancels),
  ].filter((fact) => typeof fact === 'string');
  return facts.length === 0 ? 'nothing seen yet' : facts.join(' · ');
}

function cancelWords(cancels: ToolSeen['cancels']): string | undefined {
  const [newest] = cancels;
  if (newest === undefined) return undefined;
  const alike = cancels.filter(({ answer }) => answer === newest.answer).length;
  const times = `${alike} of ${cancels.length}`;
  if (newest.answer === 'stopped')
    return `stops when asked, the last time after ${secondsOf(newest.ms)} (${times})`;
  if (newest.answer === 'ignored') return `goes on when asked to stop (${times})`;
  return `does not say whether it stops (${times})`;
}
