import { describe, expect, it } from 'vitest';
import { detect, NOTHING_DETECTED } from './detector.ts';
import type { Reading } from './form.ts';
import { sizeOf } from './size.ts';

/** All readings that a run with these lines gives, as `phase value/total`. */
function readings(lines: readonly string[]): string[] {
  let state = NOTHING_DETECTED;
  const found: Reading[] = [];
  for (const line of lines) {
    const step = detect(state, line);
    state = step.state;
    if (step.reading) found.push(step.reading);
  }
  return found.map(({ phase, value, total }) => `${phase} ${value}/${total}`);
}

describe('lines as the documentation of programs has them', () => {
  it('docker build, plain and classic', () => {
    const lines = [
      '#1 [internal] load build definition from Dockerfile',
      '#5 [1/4] FROM docker.io/library/node:24-slim',
      '#6 [2/4] WORKDIR /app',
      '#7 [3/4] COPY . .',
      '#7 DONE 0.1s',
    ];
    expect(readings(lines)).toEqual(['docker build  0/4', 'docker build  1/4', 'docker build  2/4']);
    expect(readings(['Step 2/4 : WORKDIR /app'])).toEqual(['docker build  1/4']);
    expect(readings(['#9 [build 3/7] RUN npm ci'])).toEqual(['docker build build 2/7']);
  });

  it('ctest, with its columns of dots', () => {
    const lines = [
      '1/3 Test #1: a ................   Passed    0.01 sec',
      ' 2/3 Test #2: b ....***Failed    0.02 sec',
    ];
    expect(readings(lines)).toEqual(['tests 1/3', 'tests 2/3']);
  });

  it('a download whose size is a guess, in percent', () => {
    expect(readings(['[download]  12.5% of ~ 10.00MiB at 1.00MiB/s ETA 00:09'])).toEqual(['yt-dlp 12.5/100']);
  });
});

describe('sizes', () => {
  it.each([
    ['0 B', 1_000, 0],
    ['1.5 MiB', 1_000, 1_572_864],
    ['20.0 MB', 1_000, 20_000_000],
    ['9785k', 1_024, 10_019_840],
    ['1,234 KiB', 1_000, 1_263_616],
    ['19', 1_000, 19],
    ['N/A', 1_000, undefined],
    ['1.2.3 MB', 1_000, undefined],
  ] as const)('%s', (text, thousand, expected) => expect(sizeOf(text, thousand)).toBe(expected));
});

describe('general forms', () => {
  it.each([
    [['Downloading 12%', 'Downloading 13.5 %'], ['Downloading 13.5/100']],
    [['frame 10 (5%)', 'frame 20 (6%)'], ['frame 0 6/100']],
    [
      ['step 1/3', 'step 2/3', 'step 3/3'],
      ['step 2/3', 'step 3/3'],
    ],
    [['2026-11-23 10:00:01 epoch 3/9', '2026-11-23 10:07:00 epoch 4/9'], ['0 0 0 0 0 0 epoch 4/9']],
    [['file 4 of 10', 'file 5 of 10'], ['file 5/10']],
  ])('%j', (lines, expected) => {
    expect(readings(lines)).toEqual(expected);
  });

  it('prefers a percentage to a count, also when the count came first', () => {
    const lines = ['part 1/9', 'part 2/9', '10% done', '11% done', 'part 3/9', '12% done'];
    expect(readings(lines)).toEqual(['part 2/9', ' 11/100', ' 12/100']);
  });

  it('stays with what has been recognised', () => {
    const lines = ['test_a.py ...   [ 50%]', 'loading 1%', 'loading 2%', 'a 1/2', 'a 2/2'];
    expect(readings(lines)).toEqual(['[%] 50/100']);
  });
});

describe('what only looks like progress', () => {
  it.each([
    ['dates', ['11/23 10:00 started', '11/24 10:00 ended', '2026/11/23 a', '2026/11/24 a', '23/11/2026 a']],
    ['paths', ['cp a/1/20 b', 'cp a/2/20 b', './1/2', './2/2', 'src/3/4.ts', 'src/4/4.ts']],
    ['versions', ['lib 1.2/3', 'lib 1.3/3', 'node/24', 'HTTP/1.1 404/500', 'HTTP/1.1 405/500']],
    ['more than the whole', ['retry 5/3', 'retry 6/3', 'grew 120%', 'grew 130%']],
    ['a figure that stands alone', ['404/500 requests failed', 'coverage: 85%', '3 of 10 passed']],
    ['a figure that falls', ['idle 90%', 'idle 80%', 'left 5/9', 'left 4/9']],
    ['df', ['/dev/sda1  1000 200 800  20% /', '/dev/sda1  1000 300 700  30% /']],
    ['ratios of zip', ['  adding: a/f1 (deflated 12%)', '  adding: a/f2 (deflated 45%)']],
    ['ratios of zstd', ['a :12.00% ( 3 MiB => 1 MiB, a.zst)', 'b :45.00% ( 3 MiB => 2 MiB, b.zst)']],
    [
      'npm',
      [
        'npm http fetch GET 200 https://registry.example/is-odd 141ms (cache miss)',
        'npm http cache is-odd@https://registry.example/is-odd/-/is-odd-3.0.1.tgz 0ms (cache hit)',
        'added 2 packages in 551ms',
      ],
    ],
  ])('%s', (_name, lines) => {
    expect(readings(lines)).toEqual([]);
  });
});
