import type { AcceptedEvent } from '../../../assignment/run.ts';

const CHARS = 160;
/** Where a person would look first. */
const TELLING = ['path', 'title', 'subject', 'name', 'list', 'uri', 'url', 'ref', 'message', 'text'];

/** An event in one line, such as `file created: /home/me/bill.pdf`. */
export function eventSummary({ type, data }: AcceptedEvent): string {
  const what = words(type);
  const named = TELLING.find((name) => isShort(own(data, name)));
  const first = named ?? Object.keys(data).find((name) => isShort(own(data, name)));
  const detail = first === undefined ? '' : `: ${String(own(data, first))}`;
  return oneLine(`${what}${detail}`);
}

/** Several events in one line, such as `3 events: file created (2), file removed`. */
export function eventsSummary(events: readonly AcceptedEvent[]): string {
  const [only] = events;
  if (only === undefined) return 'no event';
  if (events.length === 1) return eventSummary(only);
  const counts = new Map<string, number>();
  for (const { type } of events) counts.set(words(type), (counts.get(words(type)) ?? 0) + 1);
  const kinds = [...counts].map(([what, count]) => (count === 1 ? what : `${what} (${count})`));
  return oneLine(`${events.length} events: ${kinds.join(', ')}`);
}

const words = (type: string): string => type.replace(/[._:/-]+/g, ' ').trim();

const own = (data: AcceptedEvent['data'], name: string): unknown =>
  Object.hasOwn(data, name) ? data[name] : undefined;

const isShort = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';

function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > CHARS ? `${line.slice(0, CHARS - 1)}…` : line;
}
