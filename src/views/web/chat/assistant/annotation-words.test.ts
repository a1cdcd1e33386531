import { expect, test } from 'vitest';
import { annotationWords } from './annotation-words.ts';

test('what a tool says of itself', () => {
  expect(annotationWords({ readOnlyHint: true }).words).toBe('The tool says that it only reads.');
  expect(annotationWords({ destructiveHint: true, openWorldHint: true })).toEqual({
    words: 'The tool says that it may delete or overwrite things. It reaches beyond this machine.',
    grave: true,
  });
  expect(annotationWords({ destructiveHint: false, idempotentHint: true }).words).toBe(
    'The tool says that it changes things, but deletes nothing, and that doing it twice does no more.',
  );
});

test('what contradicts itself counts as the worse of both, and what says nothing is not taken for harmless', () => {
  expect(annotationWords({ readOnlyHint: true, destructiveHint: true }).grave).toBe(true);
  expect(annotationWords(undefined).words).toContain('does not say');
  expect(annotationWords({ readOnlyHint: 'yes' }).words).toContain('does not say');
});
