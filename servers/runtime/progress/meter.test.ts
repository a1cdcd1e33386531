import { expect, it } from 'vitest';
import { ProgressMeter } from './meter.ts';

it('tells elapsed seconds and the newest line while nothing better is known', () => {
  const meter = new ProgressMeter();
  meter.set({ message: 'preparing' });
  expect(meter.due(100)).toBeUndefined();
  expect(meter.due(1_000)).toEqual({ progress: 1, message: 'preparing' });
  expect(meter.due(1_900)).toBeUndefined();
  meter.set({ message: 'almost' });
  expect(meter.due(2_000)).toEqual({ progress: 2, message: 'almost' });
});

it('tells elapsed seconds of a silent command without a message', () => {
  expect(new ProgressMeter().due(1_000)).toEqual({ progress: 1 });
});

it('tells a share as soon as it is recognised, and only when it moves', () => {
  const meter = new ProgressMeter();
  meter.set({ message: 'Receiving objects', value: 49, total: 402, unit: 'objects' });
  expect(meter.due(100)).toMatchObject({ progress: 49, total: 402 });
  expect(meter.due(200)).toBeUndefined();
  meter.set({ value: 50, total: 402 });
  meter.set({ value: 60, total: 402, unit: 'objects' });
  expect(meter.due(300)).toEqual({
    progress: 60,
    total: 402,
    message: 'Receiving objects',
    _meta: { 'meanwhile/progress': { value: 60, total: 402, unit: 'objects' } },
  });
});

it('brings a new line of the same share once a second, and a sign of life after five', () => {
  const meter = new ProgressMeter();
  meter.set({ message: 'a', value: 50, total: 100 });
  meter.due(100);
  meter.set({ message: 'still busy' });
  expect(meter.due(1_000)).toBeUndefined();
  expect(meter.due(1_100)).toMatchObject({ message: 'still busy', total: 100 });
  expect(meter.due(6_000)).toBeUndefined();
  expect(meter.due(6_100)?.progress).toBeGreaterThan(50);
});

it('sends the last state before the end, but nothing for a run that never told anything', () => {
  const short = new ProgressMeter();
  short.set({ message: 'done' });
  expect(short.final(50)).toBeUndefined();

  const long = new ProgressMeter();
  long.set({ message: 'one' });
  long.due(1_000);
  long.set({ message: 'done' });
  expect(long.final(1_050)).toEqual({ progress: 1.05, message: 'done' });
  expect(long.final(1_060)).toBeUndefined();

  const counted = new ProgressMeter();
  counted.set({ value: 99, total: 100 });
  counted.due(100);
  counted.set({ value: 100, total: 100 });
  expect(counted.final(110)).toMatchObject({ progress: 100, total: 100 });
});

it('keeps the share true while the numbers on the wire increase, and says the true ones beside them', () => {
  const meter = new ProgressMeter();
  meter.set({ value: 100, total: 100, unit: 'objects', phase: 'one' });
  meter.due(100);
  meter.set({ value: 2, total: 100, unit: 'files', phase: 'two' });
  expect(meter.due(200)).toEqual({
    progress: 200,
    total: 10_000,
    _meta: { 'meanwhile/progress': { value: 2, total: 100, unit: 'files', phase: 'two' } },
  });
});

it('names no total for what has none, also after something that had one', () => {
  const meter = new ProgressMeter();
  meter.set({ value: 50, total: 100, unit: 'objects' });
  meter.due(100);
  meter.set({ message: 'waiting', value: 3, unit: 'attempts', phase: 'two' });
  const update = meter.due(1_100);
  expect(update).not.toHaveProperty('total');
  expect(update).toMatchObject({ message: 'waiting', _meta: { 'meanwhile/progress': { value: 3 } } });
  meter.set({ value: 60, total: 100, phase: 'three' });
  expect(meter.due(1_200)?.total).toBeGreaterThan(0);
});
