import { expect, test } from 'vitest';
import { AppError } from '../../base/errors.ts';
import { errorText } from './error-text.ts';

test('the detail first, then each wrong field on its own line', () => {
  const error = new AppError('invalid_arguments', 'The arguments do not fit git.sync.', {
    fields: [
      { field: 'arguments.depth', expected: 'a whole number' },
      { field: 'arguments.path', expected: 'text; it is missing' },
    ],
  });
  expect(errorText(error)).toBe(
    'meanwhile: The arguments do not fit git.sync.\n  arguments.depth: a whole number\n  arguments.path: text; it is missing\n',
  );
});

test('no stack and no escape sequence gets through', () => {
  expect(errorText(new Error('bad \u001b[31mred'))).toBe('meanwhile: bad red\n');
});
