import { describe, expect, test } from 'vitest';
import type { Task } from '../data/types.ts';
import { exampleTask } from './example-task.ts';
import { FORCE_AFTER_MS, stopOffers, stopWords } from './stop.ts';

const start = Date.parse('2026-11-23T10:00:00.000Z');
const requestedAt = new Date(start).toISOString();
const task = (cancel: Partial<Task['cancel']>, more: Partial<Task> = {}) =>
  exampleTask({ ...more, cancel: { support: 'request', ...cancel } });

describe('only what is of use is offered', () => {
  const later = FORCE_AFTER_MS;
  test.each<[string, Partial<Task['cancel']>, number, string[]]>([
    ['nothing was asked', {}, later, ['cancel']],
    ['nothing was asked, and force would be ours', { canForce: true }, later, ['cancel']],
    ['just asked', { canForce: true, requestedAt }, later - 1, []],
    ['asked and not confirmed', { canForce: true, requestedAt }, later, ['force']],
    ['asked, elsewhere', { requestedAt }, later, []],
    ['heard', { canForce: true, requestedAt, answer: 'acknowledged' }, later, ['force']],
    ['ignored', { canForce: true, requestedAt, answer: 'ignored' }, later, ['stopWaiting', 'force']],
    ['ignored elsewhere', { requestedAt, answer: 'ignored' }, later, ['stopWaiting']],
    ['stopped', { canForce: true, requestedAt, answer: 'stopped' }, later, []],
    ['cannot be asked', { support: 'none', canForce: true }, 0, ['stopWaiting', 'force']],
    ['cannot be asked, elsewhere', { support: 'none' }, 0, ['stopWaiting']],
    ['ends only by force', { support: 'force', canForce: true }, 0, ['force']],
  ])('%s', (_name, cancel, afterMs, offered) => {
    const offers = stopOffers(task(cancel), start + afterMs);
    expect(Object.entries(offers).flatMap(([name, yes]) => (yes ? [name] : []))).toEqual(offered);
    const ended = stopOffers(task(cancel, { status: 'completed' }), start + afterMs);
    expect(Object.values(ended)).toEqual([false, false, false]);
  });
});

describe('each step of a stop is told as it is', () => {
  test.each<[Partial<Task['cancel']>, Partial<Task>, string | undefined]>([
    [{}, {}, undefined],
    [{ requestedAt }, {}, 'Asked to stop 4 s ago'],
    [{ requestedAt, answer: 'acknowledged' }, {}, 'Asked to stop 4 s ago; the server has heard it'],
    [{ requestedAt, answer: 'ignored' }, {}, 'Goes on although it was asked to stop'],
    [{ requestedAt, answer: 'ignored' }, { status: 'completed' }, 'Completed although it was asked to stop'],
    [{ requestedAt, answer: 'stopped' }, { status: 'cancelled' }, 'Stopped; the server confirmed it'],
    [
      { requestedAt, answer: 'assumed' },
      { status: 'cancelled' },
      'Asked to stop; the server did not confirm it',
    ],
    [{ requestedAt }, { status: 'failed' }, undefined],
    [{ requestedAt }, { status: 'cancelled', statusMessage: 'Its own words.' }, undefined],
    [{}, { status: 'completed' }, undefined],
  ])('%j %j', (cancel, more, words) => {
    expect(stopWords(task(cancel, more), start + 4_000)).toBe(words);
  });
});
