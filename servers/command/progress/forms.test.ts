import { describe, expect, it } from 'vitest';
import type { Reading } from '../../runtime/progress/wire-scale.ts';
import { detect, NOTHING_DETECTED } from './detector.ts';

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

describe('lines printed by real programs', () => {
  it('git clone --progress (2.39)', () => {
    const lines = [
      "Cloning into 'c1'...",
      'remote: Enumerating objects: 402, done.',
      'remote: Counting objects:   0% (1/402)',
      'remote: Counting objects:  57% (230/402)',
      'remote: Compressing objects: 100% (402/402), done.',
      'Receiving objects:  12% (49/402)',
      'Receiving objects: 100% (402/402), 16.13 KiB | 569.00 KiB/s, done.',
    ];
    expect(readings(lines)).toEqual([
      'Counting objects 1/402',
      'Counting objects 230/402',
      'Compressing objects 402/402',
      'Receiving objects 49/402',
      'Receiving objects 402/402',
    ]);
  });

  it('curl, the table (7.88)', () => {
    const lines = [
      '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current',
      '                                 Dload  Upload   Total   Spent    Left  Speed',
      '  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0',
      ' 38 28.6M   38 10.9M    0     0  14.9M      0  0:00:01 --:--:--  0:00:01 14.9M',
      ' 94 28.6M   94 27.0M    0     0  15.0M      0  0:00:01  0:00:01 --:--:-- 14.9M',
      '100 28.6M  100 28.6M    0     0  15.8M      0  0:00:01  0:00:01 --:--:-- 15.8M',
    ];
    expect(readings(lines)).toEqual(['curl 38/100', 'curl 94/100', 'curl 100/100']);
  });

  it('curl -#', () => {
    const lines = [
      '#############                                                             18.1%',
      '######################################################################## 100.0%',
    ];
    expect(readings(lines)).toEqual(['curl 18.1/100', 'curl 100/100']);
  });

  it('wget, dots and bar (1.21)', () => {
    const lines = [
      '--2026-11-23 07:10:38--  http://127.0.0.1:18765/big',
      'HTTP request sent, awaiting response... 200 OK',
      'Length: 30000000 (29M) [application/octet-stream]',
      '     0K .......... .......... .......... .......... ..........  0%  263M 0s',
      '   250K .......... .......... .......... .......... ..........  1%  648M 0s',
    ];
    expect(readings(lines)).toEqual(['wget 0/100', 'wget 1/100']);
    const bar = [
      '/dev/null             0%[                    ]       0  --.-KB/s               ',
      '/dev/null            14%[=>                  ]   4.05M  20.0MB/s               ',
      '/dev/null           100%[===================>]  28.61M  20.1MB/s    in 1.4s    ',
      '2026-11-23 07:10:39 (20.1 MB/s) - ‘/dev/null’ saved [30000000/30000000]',
    ];
    expect(readings(bar)).toEqual([
      'wget /dev/null 0/100',
      'wget /dev/null 14/100',
      'wget /dev/null 100/100',
    ]);
  });

  it('rsync --info=progress2 (3.2)', () => {
    const lines = [
      '         32,768   0%    0.00kB/s    0:00:00  ',
      '      3,000,000  16%    9.19MB/s    0:00:00 (xfr#1, to-chk=5/7)',
      '      8,752,512  48%    8.01MB/s    0:00:01  ',
      '     18,000,000 100%    8.20MB/s    0:00:02 (xfr#6, to-chk=0/7)',
    ];
    expect(readings(lines)).toEqual(['rsync 0/100', 'rsync 16/100', 'rsync 48/100', 'rsync 100/100']);
  });

  it('rsync --progress counts files as soon as that is what it shows', () => {
    const lines = [
      'sending incremental file list',
      'f1',
      '         32,768   1%    0.00kB/s    0:00:00  ',
      '      3,000,000 100%    8.84MB/s    0:00:00 (xfr#1, to-chk=5/7)',
      'f2',
      '         32,768   1%  100.00kB/s    0:00:29  ',
      '      3,000,000 100%    4.49MB/s    0:00:00 (xfr#2, to-chk=4/7)',
    ];
    expect(readings(lines)).toEqual(['rsync 1/100', 'rsync files 2/7', 'rsync files 3/7']);
  });

  it('pytest (9.0)', () => {
    const lines = [
      'platform linux -- Python 3.11.7, pytest-9.0.3, pluggy-1.6.0',
      'collected 120 items',
      'test_a.py ............................................................   [ 50%]',
      'test_b.py ............................................................   [100%]',
    ];
    expect(readings(lines)).toEqual(['[%] 50/100', '[%] 100/100']);
  });

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

  it('ninja and cmake', () => {
    expect(readings(['[1/345] CXX a.o', '[2/345] CXX b.o'])).toEqual([' 2/345']);
    expect(readings(['[ 45%] Building C object a.o'])).toEqual(['[%] 45/100']);
  });
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
    ['tar checkpoints', ['tar: Write checkpoint 1000', 'tar: Write checkpoint 2000']],
    ['dd', ['53844377600 bytes (54 GB, 50 GiB) copied, 1 s, 53.8 GB/s', '2929+1 records in']],
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
