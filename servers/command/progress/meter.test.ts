import { expect, it } from 'vitest';
import { ProgressMeter } from './meter.ts';

it('tells elapsed seconds and the newest line while nothing better is known', () => {
  const meter = new ProgressMeter();
  meter.lines(['preparing']);
  expect(meter.due(100)).toBeUndefined();
  expect(meter.due(1_000)).toEqual({ progress: 1, message: 'preparing' });
  expect(meter.due(1_900)).toBeUndefined();
  meter.lines(['almost']);
  expect(meter.due(2_000)).toEqual({ progress: 2, message: 'almost' });
});

it('tells elapsed seconds of a silent command without a message', () => {
  expect(new ProgressMeter().due(1_000)).toEqual({ progress: 1 });
});

it('tells a share as soon as it is recognised, and only when it moves', () => {
  const meter = new ProgressMeter();
  meter.lines(['Receiving objects:  12% (49/402)']);
  expect(meter.due(100)).toMatchObject({ progress: 49, total: 402 });
  expect(meter.due(200)).toBeUndefined();
  meter.lines(['Receiving objects:  13% (50/402)', 'Receiving objects:  14% (60/402)']);
  expect(meter.due(300)).toMatchObject({ progress: 60, total: 402 });
});

it('brings a new line of the same share once a second, and a sign of life after five', () => {
  const meter = new ProgressMeter();
  meter.lines(['a [ 50%]']);
  meter.due(100);
  meter.lines(['still busy']);
  expect(meter.due(1_000)).toBeUndefined();
  expect(meter.due(1_100)).toMatchObject({ message: 'still busy', total: 100 });
  expect(meter.due(6_000)).toBeUndefined();
  expect(meter.due(6_100)?.progress).toBeGreaterThan(50);
});

it('sends the last state before the end, but nothing for a run that never told anything', () => {
  const short = new ProgressMeter();
  short.lines(['done']);
  expect(short.final(50)).toBeUndefined();

  const long = new ProgressMeter();
  long.lines(['one']);
  long.due(1_000);
  long.lines(['done']);
  expect(long.final(1_050)).toEqual({ progress: 1.05, message: 'done' });
  expect(long.final(1_060)).toBeUndefined();

  const counted = new ProgressMeter();
  counted.lines(['x [ 99%]']);
  counted.due(100);
  counted.lines(['x [100%]']);
  expect(counted.final(110)).toMatchObject({ progress: 100, total: 100 });
});
