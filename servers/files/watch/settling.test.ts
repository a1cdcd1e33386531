import { describe, expect, it } from 'vitest';
import { changesOf, differencesOf } from './changes.ts';
import type { Seen } from './seen.ts';
import { Settling } from './settling.ts';

const seen = (size: number, ino = 1): Seen => ({ size, mtimeMs: size, ino });

describe('Settling', () => {
  it('gives what has stayed the same for the time, not earlier', () => {
    const settling = new Settling(1_000, 10);
    settling.touch('f');
    settling.look('f', seen(1), 0);
    expect(settling.take(999)).toEqual([]);
    settling.look('f', seen(1), 1_000);
    expect(settling.take(1_000)).toEqual([{ path: 'f', seen: seen(1) }]);
    expect(settling.isEmpty).toBe(true);
  });

  it('begins to wait anew with every change, and with every coming and going', () => {
    const settling = new Settling(1_000, 10);
    settling.touch('f');
    settling.look('f', seen(1), 0);
    settling.look('f', seen(2), 900);
    expect(settling.take(1_800)).toEqual([]);
    settling.look('f', undefined, 1_850);
    expect(settling.take(2_000)).toEqual([]);
    expect(settling.take(2_850)).toEqual([{ path: 'f', seen: undefined }]);
  });

  it('gives nothing that was not looked at', () => {
    const settling = new Settling(1_000, 10);
    settling.touch('f');
    settling.look('other', seen(1), 0);
    expect(settling.take(9_999)).toEqual([]);
    settling.drop('f');
    expect(settling.isEmpty).toBe(true);
  });

  it('holds no more than it may', () => {
    const settling = new Settling(1_000, 2);
    expect([settling.touch('a'), settling.touch('b'), settling.touch('c'), settling.touch('a')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(settling.paths).toEqual(['a', 'b']);
  });
});

describe('changesOf', () => {
  const known = new Map([
    ['same', seen(1, 1)],
    ['grown', seen(2, 2)],
    ['old-name', seen(3, 3)],
    ['gone', seen(4, 4)],
    ['saved', seen(5, 5)],
  ]);

  it('tells created, changed and removed, and what was only renamed', () => {
    const changes = changesOf(known, [
      { path: 'same', seen: seen(1, 1) },
      { path: 'temporary', seen: undefined },
      { path: 'new-name', seen: seen(3, 3) },
      { path: 'grown', seen: seen(9, 2) },
      { path: 'saved', seen: seen(5, 50) },
      { path: 'new', seen: seen(8, 8) },
      { path: 'old-name', seen: undefined },
      { path: 'gone', seen: undefined },
    ]);
    expect(changes).toEqual([
      { type: 'file.removed', path: 'old-name', seen: seen(3, 3) },
      { type: 'file.removed', path: 'gone', seen: seen(4, 4) },
      { type: 'file.created', path: 'new-name', seen: seen(3, 3), renamedFrom: 'old-name' },
      { type: 'file.changed', path: 'grown', seen: seen(9, 2) },
      { type: 'file.changed', path: 'saved', seen: seen(5, 50) },
      { type: 'file.created', path: 'new', seen: seen(8, 8) },
    ]);
  });

  it('finds the differences of a whole look, and takes nothing for gone where it could not look', () => {
    const now = new Map([
      ['same', seen(1, 1)],
      ['grown', seen(7, 2)],
      ['new', seen(1, 9)],
    ]);
    const found = [...differencesOf(known, now, (path) => path === 'gone')];
    expect(found.sort()).toEqual(['grown', 'new', 'old-name', 'saved']);
  });
});
