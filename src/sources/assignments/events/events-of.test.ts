import { describe, expect, test } from 'vitest';
import type { ListUpdate, ResourceContent, ResourceUpdate } from '../../source.ts';
import { eventsOf, eventsOfList, firstSeen } from './events-of.ts';

const AT = '2026-11-26T10:00:00.000Z';

function update(text: string, more: Partial<ResourceContent> = {}): ResourceUpdate {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {}
  const content = { uri: 'test:///a', text, json, isCut: false, digest: `digest of ${text}`, ...more };
  return { server: 's', uri: 'test:///a', reason: 'updated', at: AT, content };
}

const journal = (events: unknown[], more: object = {}) => update(JSON.stringify({ events, ...more }));
const created = (id: string | number, more: object = {}) => ({
  id,
  type: 'file.created',
  path: `/${id}`,
  ...more,
});

describe('a journal', () => {
  test('tells what was not seen, once, with its own ids', () => {
    const events = [
      created('a'),
      created('b', { at: '2026-11-26T11:00:00+02:00' }),
      created('b'),
      created('c'),
    ];
    expect(eventsOf(journal(events), ['a'])).toEqual([
      { id: 'b', type: 'file.created', at: '2026-11-26T09:00:00.000Z', data: { path: '/b' } },
      { id: 'c', type: 'file.created', at: AT, data: { path: '/c' } },
    ]);
    expect(eventsOf(journal(events), firstSeen(journal(events)))).toEqual([]);
    expect(eventsOf(journal([]), [])).toEqual([]);
  });

  test('is read in the order of its numbers, where it has any', () => {
    const events = [created('b', { seq: 2 }), created('a', { seq: 1 })];
    expect(eventsOf(journal(events), []).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(eventsOf(journal([created('b'), created('a')]), []).map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test('may hold what cannot be read, which is left out', () => {
    const odd = [
      null,
      3,
      {},
      { id: '', type: 'x' },
      { id: 'x' },
      { id: 'y', type: 'with spaces' },
      created(7),
    ];
    expect(eventsOf(journal(odd), []).map(({ id }) => id)).toEqual(['7']);
    expect(eventsOf(journal([created('a', { at: 'yesterday' })]), [])[0]?.at).toBe(AT);
  });

  test('with large events is cut to what can be kept', () => {
    const [event] = eventsOf(journal([created('a', { size: 3, text: 'x'.repeat(100_000), deep: {} })]), []);
    expect(event?.data).toEqual({ path: '/a', size: 3, text: 'x'.repeat(1_000), isCut: true });
  });
});

describe('other content', () => {
  /** Ids of what comes of these contents, one after the other. */
  function idsOf(texts: readonly string[]) {
    const seen = [...firstSeen(update('start'))];
    const news = texts.map((text) => {
      const ids = eventsOf(update(text), seen).map(({ id }) => id);
      seen.push(...ids);
      return ids.length;
    });
    return { news, ids: seen };
  }

  test('is an event when it differs from the one before, also when it comes back', () => {
    const { news, ids } = idsOf(['start', 'a', 'a', 'b', 'a', 'start', 'start']);
    expect(news).toEqual([0, 1, 0, 1, 1, 1, 0]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(idsOf(['start', 'a', 'a', 'b', 'a', 'start', 'start']).ids).toEqual(ids); // the same for ever
  });

  test('is told with its value, or as text that is cut', () => {
    expect(eventsOf(update('{"count":3}'), [])[0]).toMatchObject({
      type: 'resource.updated',
      at: AT,
      data: { server: 's', uri: 'test:///a', content: { count: 3 } },
    });
    expect(eventsOf(update('words'), [])[0]?.data.content).toBe('words');
    expect(String(eventsOf(update('x'.repeat(100_000)), [])[0]?.data.content)).toHaveLength(32 * 1024);
    expect(eventsOf(update('{"events":[1,2]}'), [])[0]?.type).toBe('resource.updated');
    expect(eventsOf(update('{"events":"none"}'), [])[0]?.type).toBe('resource.updated');
  });
});

test('a list tells when it has become another', () => {
  const list = (...names: string[]): ListUpdate => ({
    server: 's',
    list: 'tools',
    reason: 'updated',
    at: AT,
    names,
    digest: names.join(),
  });
  const seen = firstSeen(list('a'));
  expect(eventsOfList(list('a'), seen)).toEqual([]);
  expect(eventsOfList(list('a', 'b'), seen)).toEqual([
    {
      id: expect.any(String),
      type: 'list.changed',
      at: AT,
      data: { server: 's', list: 'tools', names: ['a', 'b'], count: 2 },
    },
  ]);
});
