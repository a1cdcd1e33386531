import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ResourceUpdate } from '../../src/sources/source.ts';
import { eventually } from '../support/eventually.ts';
import { ROOT } from '../support/test-host.ts';
import { testHub } from '../support/test-hub.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_126);
const FRAMES = 3_000;

test.each(['legacy', 'modern'])(
  `changes at a %s server between ${FRAMES} frames of anything, seed ${SEED}`,
  async (era) => {
    const args = [join(ROOT, 'test/fixtures/noisy-server.ts'), era, String(SEED)];
    const hub = await testHub({ noisy: { command: process.execPath, args } });
    const told: ResourceUpdate[] = [];
    const isCount = (count: number) => {
      const { json } = told.at(-1)?.content ?? {};
      return (json as { noises: number } | undefined)?.noises === count;
    };
    const problems: string[] = [];
    hub.watchResource('noisy', 'test:///noise', {
      changed: (update) => told.push(update),
      lost: (why) => problems.push(why),
    });
    hub.watchList('noisy', 'resources', { changed() {}, lost() {} }); // never gets a list
    await eventually(() => isCount(0));
    for (let round = 1; round <= 2; round++) {
      await hub.say('noisy', 'noise', { frames: FRAMES / 2 });
      await eventually(() => isCount(round));
    }
    expect(hub.servers.get('noisy')?.state).toBe('ready');
    expect(new Set(problems)).toEqual(
      new Set(['“noisy” could not be asked for test:///noise: its answer holds no contents']),
    );
  },
);
