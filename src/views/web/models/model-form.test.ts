import { expect, test } from 'vitest';
import { bodyOf, formErrors, formFor, formOf, freeId, OTHER, patchOf, placeErrors } from './model-form.ts';

const OLLAMA = {
  name: 'ollama',
  title: 'Ollama',
  provider: 'openai-compatible',
  baseUrl: 'http://localhost:11434/v1',
  needsKey: false,
} as const;

test('a preset fills in what is known, and an id is made of the name', () => {
  expect(bodyOf({ ...formFor(OLLAMA), model: ' qwen3:8b ' }, [])).toEqual({
    id: 'qwen3:8b',
    provider: 'openai-compatible',
    model: 'qwen3:8b',
    baseUrl: 'http://localhost:11434/v1',
  });
});

test('ids are free, and made of what ids may hold', () => {
  expect(freeId('anthropic/claude x', [])).toBe('claude-x');
  expect(freeId('gpt', ['gpt', 'gpt-2'])).toBe('gpt-3');
  expect(freeId('модель', [])).toBe('model');
  expect(freeId('x'.repeat(200), [])).toHaveLength(58);
});

test('what is missing is told at its field', () => {
  expect(Object.keys(formErrors(formFor(OTHER)))).toEqual(['model', 'baseUrl']);
  expect(formErrors({ ...formFor(OLLAMA), model: 'x', contextTokens: '12k', inputPrice: '1' })).toEqual({
    contextTokens: expect.any(String),
    outputPrice: 'Both prices, or neither.',
  });
});

test('a change says the whole form, and leaves a key that was not typed', () => {
  const model = {
    id: 'm',
    provider: 'openai',
    model: 'gpt',
    title: 'Mine',
    price: { inputPerMillion: 1, outputPerMillion: 2.5, currency: 'EUR' },
    isDefault: true,
    hasKey: true,
    keyHint: '9876',
  } as const;
  const form = formOf(model);
  expect(patchOf(form)).toEqual({
    provider: 'openai',
    model: 'gpt',
    baseUrl: null,
    title: 'Mine',
    contextTokens: null,
    price: { inputPerMillion: 1, outputPerMillion: 2.5, currency: 'EUR' },
  });
  expect(patchOf({ ...form, apiKey: 'sk-new', title: '', inputPrice: '', outputPrice: '' })).toMatchObject({
    apiKey: 'sk-new',
    title: null,
    price: null,
  });
});

test('what the host found wrong stands at the fields of the form', () => {
  const form = formFor(OTHER);
  expect(
    placeErrors(
      [
        { field: 'price.currency', expected: 'a currency' },
        { field: 'baseUrl', expected: 'an address' },
        { field: 'unheardOf', expected: 'x' },
      ],
      form,
    ),
  ).toEqual({ currency: 'Expected a currency.', baseUrl: 'Expected an address.' });
});
