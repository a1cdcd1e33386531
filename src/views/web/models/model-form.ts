import type { Model, ModelBody, ModelList, ModelPatch } from '../data/types.ts';

/* What is filled in for a model, as texts, and what is made of it. Pure. */

export type Preset = ModelList['presets'][number];

export interface ModelForm {
  readonly provider: Model['provider'];
  readonly id: string;
  readonly title: string;
  readonly model: string;
  readonly baseUrl: string;
  /** Empty: as it was. */
  readonly apiKey: string;
  readonly contextTokens: string;
  readonly inputPrice: string;
  readonly outputPrice: string;
  readonly currency: string;
}

/** A server that speaks OpenAI's wire at some address of one's own. */
export const OTHER: Preset = {
  name: 'other',
  title: 'Other, OpenAI-compatible',
  provider: 'openai-compatible',
  needsKey: false,
};

export const formFor = ({ provider, baseUrl = '' }: Preset): ModelForm => ({
  provider,
  id: '',
  title: '',
  model: '',
  baseUrl,
  apiKey: '',
  contextTokens: '',
  inputPrice: '',
  outputPrice: '',
  currency: 'USD',
});

export const formOf = ({ provider, id, title, model, baseUrl, contextTokens, price }: Model): ModelForm => ({
  provider,
  id,
  title: title ?? '',
  model,
  baseUrl: baseUrl ?? '',
  apiKey: '',
  contextTokens: contextTokens === undefined ? '' : String(contextTokens),
  inputPrice: price === undefined ? '' : String(price.inputPerMillion),
  outputPrice: price === undefined ? '' : String(price.outputPerMillion),
  currency: price?.currency ?? 'USD',
});

/** An id that says what it is, and that no other has. */
export function freeId(model: string, taken: readonly string[]): string {
  const base =
    model
      .split('/')
      .at(-1)
      ?.replace(/[^a-zA-Z0-9._:-]+/g, '-')
      .replace(/^[^a-zA-Z0-9]+|-+$/g, '')
      .slice(0, 58) || 'model';
  for (let at = 1; ; at++) {
    const id = at === 1 ? base : `${base}-${at}`;
    if (!taken.includes(id)) return id;
  }
}

export type FormErrors = Partial<Record<keyof ModelForm, string>>;

/** What the host would refuse only in words that do not fit the form. */
export function formErrors(form: ModelForm): FormErrors {
  const errors: { -readonly [K in keyof ModelForm]?: string } = {};
  if (form.model.trim() === '') errors.model = 'Expected the name of a model.';
  if (form.provider === 'openai-compatible' && form.baseUrl.trim() === '')
    errors.baseUrl = 'Expected the address of the server, such as http://localhost:11434/v1.';
  if (form.contextTokens.trim() !== '' && !/^\d+$/.test(form.contextTokens.trim()))
    errors.contextTokens = 'Expected a whole number of tokens, such as 128000.';
  for (const name of ['inputPrice', 'outputPrice'] as const)
    if (form[name].trim() !== '' && !(Number(form[name]) >= 0))
      errors[name] = 'Expected a number, such as 2.5.';
  const prices = [form.inputPrice, form.outputPrice].filter((price) => price.trim() !== '');
  if (prices.length === 1)
    errors[form.inputPrice.trim() === '' ? 'inputPrice' : 'outputPrice'] = 'Both prices, or neither.';
  return errors;
}

const text = (value: string): string | undefined => value.trim() || undefined;

const priceOf = ({ inputPrice, outputPrice, currency }: ModelForm) =>
  inputPrice.trim() === ''
    ? undefined
    : {
        inputPerMillion: Number(inputPrice),
        outputPerMillion: Number(outputPrice),
        currency: currency.trim().toUpperCase(),
      };

export function bodyOf(form: ModelForm, taken: readonly string[]): ModelBody {
  const { provider, model, contextTokens } = form;
  const [title, baseUrl, apiKey, price] = [
    text(form.title),
    text(form.baseUrl),
    text(form.apiKey),
    priceOf(form),
  ];
  return {
    id: text(form.id) ?? freeId(model, taken),
    provider,
    model: model.trim(),
    ...(title !== undefined && { title }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(apiKey !== undefined && { apiKey }),
    ...(contextTokens.trim() !== '' && { contextTokens: Number(contextTokens) }),
    ...(price !== undefined && { price }),
  };
}

/** The whole form as a change; a key that was not typed stays. */
export function patchOf(form: ModelForm): ModelPatch {
  const key = text(form.apiKey);
  return {
    provider: form.provider,
    model: form.model.trim(),
    baseUrl: text(form.baseUrl) ?? null,
    title: text(form.title) ?? null,
    contextTokens: form.contextTokens.trim() === '' ? null : Number(form.contextTokens),
    price: priceOf(form) ?? null,
    ...(key !== undefined && { apiKey: key }),
  };
}

const PLACES: Readonly<Record<string, keyof ModelForm>> = {
  'price.inputPerMillion': 'inputPrice',
  'price.outputPerMillion': 'outputPrice',
  'price.currency': 'currency',
};

/** What the host found wrong, at the fields that it belongs to. */
export function placeErrors(
  found: readonly { field: string; expected: string }[],
  form: ModelForm,
): FormErrors {
  return Object.fromEntries(
    found.flatMap(({ field, expected }) => {
      const name = PLACES[field] ?? field;
      return name in form ? [[name, `Expected ${expected}.`]] : [];
    }),
  );
}
