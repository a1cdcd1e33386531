import { expect, test } from 'vitest';
import { sampleAssignment } from '../../../../store/contract/sample-assignments.ts';
import type { Assignment } from '../../data/types.ts';
import { fits, inOrder, listQuery, readAssignmentsSearch } from './search.ts';

const made = (more: Partial<Assignment>): Assignment => ({ ...sampleAssignment(), seq: 1, ...more });

test('the address is read, and what makes no sense is left out', () => {
  expect(readAssignmentsSearch({ q: 'back', state: 'paused', other: 1 })).toEqual({
    q: 'back',
    state: 'paused',
  });
  expect(readAssignmentsSearch({ q: '', state: 'removed' })).toEqual({});
  expect(listQuery({ q: ' back up ', state: 'on' })).toBe('q=back+up&state=on');
});

test('every word has to begin one of the title, and the state has to be the one', () => {
  const backup = made({ title: 'Back up Documents', state: 'on' });
  expect(fits(backup, {})).toBe(true);
  expect(fits(backup, { q: 'doc ba' })).toBe(true);
  expect(fits(backup, { q: 'ocuments' })).toBe(false);
  expect(fits(backup, { q: 'doc', state: 'paused' })).toBe(false);
});

test('what was turned off comes first, then the newest', () => {
  const old = made({ id: 'old', createdAt: '2026-01-01T00:00:00Z' });
  const young = made({ id: 'young', createdAt: '2026-02-01T00:00:00Z' });
  const off = made({ id: 'off', createdAt: '2025-02-01T00:00:00Z', state: 'disabled' });
  expect(inOrder([old, off, young]).map(({ id }) => id)).toEqual(['off', 'young', 'old']);
});
