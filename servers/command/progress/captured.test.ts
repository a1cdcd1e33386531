import { describe, expect, it } from 'vitest';
import { CAPTURED, captured, readingsOf } from './captured-output.ts';
import type { Reading } from './form.ts';

const words = ({ phase, value, total, unit }: Reading): string =>
  `${phase} ${value}${total === undefined ? '' : `/${total}`} ${unit ?? ''}`;

/** Of each program: how many readings its output gives, and the first, the middle and the last of them. */
const EXPECTED: readonly (readonly [string, number, readonly string[]])[] = [
  ['7z', 11, ['7z 1/100 %', '7z 78/100 %', '7z 82/100 %']],
  ['apt', 23, ['Reading package lists 93/100 %', 'Reading database 75/100 %', 'apt 89/100 %']],
  [
    'aria2c-pipe',
    8,
    ['aria2c 16384/19922944 bytes', 'aria2c 12582912/19922944 bytes', 'aria2c 18874368/19922944 bytes'],
  ],
  [
    'aria2c',
    3,
    ['aria2c 0/19922944 bytes', 'aria2c 8598323/19922944 bytes', 'aria2c 16777216/19922944 bytes'],
  ],
  ['borg', 4, ['borg 0 bytes', 'borg 47090000 bytes', 'borg 77800000 bytes']],
  ['cargo', 5, ['cargo Building 0/5 crates', 'cargo Building 2/5 crates', 'cargo Building 4/5 crates']],
  ['cmake', 10, ['[%] 11/100 %', '[%] 66/100 %', '[%] 100/100 %']],
  ['cp', 0, []],
  ['curl-bar', 4, ['curl 51.7/100 %', 'curl 91.7/100 %', 'curl 100/100 %']],
  [
    'curl',
    3,
    ['curl 10019840/19922944 bytes', 'curl 15938355/19922944 bytes', 'curl 19922944/19922944 bytes'],
  ],
  ['dd', 3, ['dd 10617225216 bytes', 'dd 21121073152 bytes', 'dd 26214400000 bytes']],
  ['ffmpeg-generated', 3, ['ffmpeg 0 seconds', 'ffmpeg 12.4 seconds', 'ffmpeg 19.96 seconds']],
  ['ffmpeg', 4, ['ffmpeg 0.07/20 seconds', 'ffmpeg 12.48/20 seconds', 'ffmpeg 15.8/20 seconds']],
  [
    'git-repack',
    33,
    ['Counting objects 1/402 objects', 'Counting objects 338/402 objects', 'Writing objects 402/402 objects'],
  ],
  [
    'git',
    32,
    [
      'Counting objects 1/402 objects',
      'Compressing objects 21/402 objects',
      'Receiving objects 402/402 objects',
    ],
  ],
  ['meson-test', 6, ['tqdm 0 iterations', 'tests 2/4 tests', 'tests 4/4 tests']],
  ['ninja-terminal', 15, ['[n/m] 1/9 steps', '[n/m] 4/9 steps', '[n/m] 9/9 steps']],
  ['ninja', 8, ['[n/m] 2/9 steps', '[n/m] 6/9 steps', '[n/m] 9/9 steps']],
  ['npm', 0, []],
  ['parallel-bar', 11, ['parallel 0/8 jobs', 'parallel 2/8 jobs', 'parallel 8/8 jobs']],
  ['parallel-eta', 0, []],
  ['pip', 3, ['pip 0/20000000 bytes', 'pip 12500000/20000000 bytes', 'pip 20000000/20000000 bytes']],
  ['pv-no-size', 3, ['pv 15728640 bytes', 'pv 31457280 bytes', 'pv 39950746 bytes']],
  ['pv', 3, ['pv 34/100 %', 'pv 69/100 %', 'pv 100/100 %']],
  ['pytest-v', 22, ['[%] 0/100 %', '[%] 10/100 %', '[%] 18/100 %']],
  ['pytest', 3, ['[%] 33/100 %', '[%] 66/100 %', '[%] 100/100 %']],
  ['restic-pipe', 3, ['restic 0 bytes', 'restic 31676432 bytes', 'restic 64588087 bytes']],
  ['restic', 9, ['restic 0 bytes', 'restic 50483692/84000375 bytes', 'restic 84000375 bytes']],
  ['rsync-progress', 6, ['rsync 0/100 %', 'rsync files 4/7 files', 'rsync files 6/7 files']],
  ['rsync-progress2', 10, ['rsync 0/100 %', 'rsync 66/100 %', 'rsync 100/100 %']],
  ['scp', 5, ['scp rnd2 0/100 %', 'scp rnd2 100/100 %', 'scp f1 100/100 %']],
  ['tar-checkpoint', 6, ['tar 500 records', 'tar 2000 records', 'tar 2000 records']],
  ['tar-totals', 7, ['tar 3061760 bytes', 'tar 12277760 bytes', 'tar 21493760 bytes']],
  ['tqdm-bytes', 22, ['tqdm  0/5000000 bytes', 'tqdm  2750000/5000000 bytes', 'tqdm  5000000/5000000 bytes']],
  ['tqdm-no-total', 17, ['tqdm 0 iterations', 'tqdm 16 iterations', 'tqdm 30 iterations']],
  ['tqdm', 27, ['tqdm epoch 0/50 iterations', 'tqdm epoch 26/50 iterations', 'tqdm epoch 50/50 iterations']],
  ['unzip', 0, []],
  ['wget-bar', 13, ['wget /dev/null 0/100 %', 'wget /dev/null 51/100 %', 'wget /dev/null 100/100 %']],
  ['wget-dots', 29, ['wget 0/100 %', 'wget 42/100 %', 'wget 100/100 %']],
  ['xz', 34, ['xz 2.4/100 %', 'xz 32.9/100 %', 'xz 79.9/100 %']],
  [
    'yt-dlp-terminal',
    17,
    ['yt-dlp 0/19996344 bytes', 'yt-dlp 519905/19996344 bytes', 'yt-dlp 19996344/19996344 bytes'],
  ],
  [
    'yt-dlp',
    17,
    ['yt-dlp 0/19996344 bytes', 'yt-dlp 519905/19996344 bytes', 'yt-dlp 19996344/19996344 bytes'],
  ],
  ['zstd-pipe', 0, []],
  ['zstd-v', 16, ['zstd 0 bytes', 'zstd 12582912 bytes', 'zstd 35127296 bytes']],
  ['zstd', 5, ['zstd 0/11953766 bytes', 'zstd 4718592/11953766 bytes', 'zstd 11953766/11953766 bytes']],
];

describe('output of real programs', () => {
  it.each(EXPECTED)('%s', (name, count, expected) => {
    const readings = readingsOf(captured(name)).map(words);
    expect(readings).toHaveLength(count);
    expect(count === 0 ? [] : [readings[0], readings[count >> 1], readings.at(-1)]).toEqual(expected);
  });

  it('is looked at in each file that was kept', () => {
    expect(EXPECTED.map(([name]) => name)).toEqual(CAPTURED);
  });

  it.each(CAPTURED)('%s never goes back within a phase, but for the next file or run', (name) => {
    const newest = new Map<string, number>();
    for (const { phase, value, total } of readingsOf(captured(name))) {
      const before = newest.get(phase) ?? 0;
      const isAnew = total !== undefined ? before / total > 0.99 : value <= before / 2;
      expect(value >= before || isAnew, `${phase}: ${value} after ${before}`).toBe(true);
      newest.set(phase, value);
    }
  });
});
