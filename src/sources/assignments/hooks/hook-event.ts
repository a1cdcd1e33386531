import { randomUUID } from 'node:crypto';
import type { AcceptedEvent } from '../../../assignment/run.ts';
import type { HookRequest } from './verify-hook.ts';

const DEPTH = 100;
const TYPE = /^[\w.:/-]{1,100}$/;

export type ReadHook =
  | { readonly ok: true; readonly event: AcceptedEvent }
  | { readonly ok: false; readonly field: string; readonly expected: string };

type Data = Readonly<Record<string, unknown>>;

/**
 * What a request to a hook says, as an event. JSON and forms become its data, a text its `text`; what is no object
 * stands in `value`. Its type is what the sender calls it (`x-github-event`, or `type` or `event` in the body).
 * @param id by which the sender knows it; without one no other is the same
 */
export function hookEvent({ headers, body }: HookRequest, id: string | undefined, nowMs: number): ReadHook {
  const read = readBody(headers.get('content-type') ?? '', body);
  if ('expected' in read) return { ok: false, field: read.field, expected: read.expected };
  const { data } = read;
  return {
    ok: true,
    event: {
      id: id ?? randomUUID(),
      type: typeOf(headers, data),
      at: new Date(nowMs).toISOString(),
      data,
    },
  };
}

function readBody(
  contentType: string,
  body: string,
): { readonly data: Data } | { readonly field: string; readonly expected: string } {
  const [type = ''] = contentType.toLowerCase().split(';');
  const mime = type.trim();
  if (body.trim() === '') return { data: {} };
  if (mime === 'application/x-www-form-urlencoded') return formData(body);
  if (mime === 'application/json' || mime.endsWith('+json')) {
    const value = parsed(body);
    if (value === undefined) return { field: 'body', expected: 'JSON, as its content-type says' };
    return jsonData(value);
  }
  if (mime === '' || mime.startsWith('text/')) {
    const value = mime === '' ? parsed(body) : undefined;
    return value === undefined ? { data: { text: body } } : jsonData(value);
  }
  return {
    field: 'content-type',
    expected: 'application/json, application/x-www-form-urlencoded or text/plain',
  };
}

function jsonData(value: unknown): ReturnType<typeof readBody> {
  if (isDeeper(value, DEPTH)) return { field: 'body', expected: `JSON nested at most ${DEPTH} deep` };
  return { data: isObject(value) ? value : { value } };
}

/** A field that comes several times is a list. Some senders put all of their JSON into the one field `payload`. */
function formData(body: string): ReturnType<typeof readBody> {
  const form = new URLSearchParams(body);
  const names = [...new Set(form.keys())];
  const [only] = names;
  const payload = names.length === 1 && only === 'payload' ? parsed(form.get('payload') ?? '') : undefined;
  if (isObject(payload)) return jsonData(payload);
  const fields = names.map((name) => {
    const values = form.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  return { data: Object.fromEntries(fields) };
}

function typeOf(headers: Headers, data: Data): string {
  const github = headers.get('x-github-event');
  const named = github === null ? [data.type, data.event] : [`github.${github}`];
  const found = named.find((each) => typeof each === 'string' && TYPE.test(each));
  return (found as string | undefined) ?? 'hook.called';
}

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Level by level, because it may be nested deeper than a function can call itself. */
function isDeeper(value: unknown, most: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
