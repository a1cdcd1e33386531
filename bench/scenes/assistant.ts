import type { Figure } from '../report/figure.ts';
import { median, quantile } from '../report/statistics.ts';
import { tempFolder } from '../rig/open.ts';
import { startWorker } from '../rig/worker.ts';
import type { Speech } from '../workers/model.ts';
import type { Scene } from './scene.ts';

const WORDS = 500;
const CHATS = 50;
/** As a quick model speaks: 50 words a second. */
const PACE_MS = 20;
const SPOKEN = 200;

interface Turns {
  readonly ms: readonly number[];
  readonly broken: number;
}

/**
 * Turns of the assistant over the API, kept and told as they stream, against the bare AI SDK, with a model that answers at
 * once; then many chats at the pace of a real one.
 */
export const assistant: Scene = async ({ quick, open, say }) => {
  const rounds = quick ? 5 : 30;
  const model = startWorker(open, 'model');
  const url = await model.ask<string>('start');
  const speak = (speech: Speech) => model.ask('speech', speech);
  const ours = startWorker(open, 'assistant');
  await ours.ask('start', { folder: tempFolder(open), url });
  const theirs = startWorker(open, 'assistant');
  const both = async (count: number, words: number): Promise<[Turns, Turns]> => [
    await ours.ask<Turns>('turns', { count, words }),
    await theirs.ask<Turns>('bare', { count, words, url }),
  ];
  /** Rounds of one turn at a time, in turns with the bare SDK. */
  async function oneByOne(words: number) {
    await speak({ words, everyMs: 0 });
    await both(1, words);
    const [our, their]: [number[], number[]] = [[], []];
    let broken = 0;
    for (let round = 0; round < rounds; round++) {
      const [a, b] = await both(1, words);
      our.push(...a.ms);
      their.push(...b.ms);
      broken += a.broken;
    }
    return { ours: median(our), theirs: median(their), broken };
  }

  say('turns of one word');
  const short = await oneByOne(1);
  say(`turns of ${WORDS} words`);
  const long = await oneByOne(WORDS);
  say(`${CHATS} chats at once`);
  await speak({ words: SPOKEN, everyMs: PACE_MS });
  const [many, manyBare] = await both(CHATS, SPOKEN);
  const perWord = (each: 'ours' | 'theirs') => ((long[each] - short[each]) / (WORDS - 1)) * 1_000;
  const pair = (name: string, unit: string, value: number, yardstick: number): Figure => ({
    scene: 'assistant',
    name,
    value,
    unit,
    yardstick: { name: 'bare AI SDK', value: yardstick },
  });
  const broken = short.broken + long.broken + many.broken;
  return [
    pair('a turn of one word, from saying it to its end on disk', 'ms', short.ours, short.theirs),
    pair(`a turn of ${WORDS} words, as fast as it comes`, 'ms', long.ours, long.theirs),
    pair('each word more', 'µs', perWord('ours'), perWord('theirs')),
    {
      ...pair(
        `${CHATS} chats at once, ${SPOKEN} words each, 50 a second: the slowest is over after`,
        'ms',
        quantile(many.ms, 1),
        quantile(manyBare.ms, 1),
      ),
      note: `spoken in ${SPOKEN * PACE_MS} ms`,
    },
    {
      scene: 'assistant',
      name: 'turns whose text was not whole',
      value: broken,
      unit: 'of them',
      target: { text: '0', met: broken === 0 },
    },
  ];
};
