import type { FollowUpList } from '../../data/types.ts';

export type FollowUp = FollowUpList['followUps'][number];
export type When = FollowUp['when'];

/** The moments that are offered; others come from the assistant. */
export const MOMENTS: readonly (readonly [string, When])[] = [
  ['When it has ended', 'ended'],
  ['When it is half done', { progress: 50 }],
  ['At 80 %', { progress: 80 }],
  ['If it takes longer than usual', 'slower_than_usual'],
];

export function whenWords(when: When): string {
  if (when === 'ended') return 'When it has ended';
  if (when === 'slower_than_usual') return 'If it takes longer than usual';
  return `At ${when.progress} %`;
}
