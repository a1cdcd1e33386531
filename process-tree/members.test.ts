import { expect, it } from 'vitest';
import type { ProcessEntry } from './list.ts';
import { members } from './members.ts';

const entry = (pid: number, ppid: number, more: Partial<ProcessEntry> = {}): ProcessEntry => ({
  pid,
  ppid,
  pgid: pid,
  sid: pid,
  state: 'S',
  startedAt: `start ${pid}`,
  ...more,
});
const none = { known: [], cookiePids: [], groups: [] };
const pids = (entries: ProcessEntry[]) => entries.map(({ pid }) => pid).sort((a, b) => a - b);

it('takes children, their groups and sessions, over and over', () => {
  const snapshot = [
    entry(1, 0),
    entry(10, 1, { startedAt: 'root' }),
    entry(11, 10, { pgid: 10, sid: 10 }),
    entry(12, 1, { pgid: 10, sid: 10 }), // its parent is gone, the group is still the root's
    entry(13, 12), // left the group by setsid
    entry(14, 1, { pgid: 99, sid: 13 }), // only its session tells
    entry(20, 1),
    entry(21, 20, { pgid: 20, sid: 20 }),
  ];
  const found = members(snapshot, { ...none, known: [{ pid: 10, startedAt: 'root' }] }, 500);
  expect(pids(found)).toEqual([10, 11, 12, 13, 14]);
});

it('never takes a process whose start differs, nor what belongs to it', () => {
  const snapshot = [entry(1, 0), entry(10, 1, { startedAt: 'later' }), entry(11, 10, { pgid: 10, sid: 10 })];
  expect(members(snapshot, { ...none, known: [{ pid: 10, startedAt: 'root' }] }, 500)).toEqual([]);
});

it('never takes zombies, pid 1, the caller, or what the caller descends from', () => {
  const snapshot = [
    entry(1, 0),
    entry(10, 1),
    entry(500, 10),
    entry(501, 500),
    entry(11, 10, { state: 'Z' }),
  ];
  expect(pids(members(snapshot, { ...none, cookiePids: [1, 10, 11, 500, 501] }, 500))).toEqual([501]);
});

it('trusts the group of a root that is dead but not yet reaped', () => {
  const snapshot = [entry(10, 1, { state: 'Z', startedAt: 'root' }), entry(11, 1, { pgid: 10, sid: 10 })];
  expect(pids(members(snapshot, { ...none, known: [{ pid: 10, startedAt: 'root' }] }, 500))).toEqual([11]);
});
