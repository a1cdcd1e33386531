import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseProcStat } from './parse-proc-stat.ts';
import { parsePsEnvironment, parsePsList, parsePsStart } from './parse-ps.ts';

const statTail =
  '4194560 612 0 0 0 1 2 0 0 20 0 1 0 9007199254740993 6090752 897 18446744073709551615 1 1 0 0 0 0 0 0 65536 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0';

describe('/proc/PID/stat', () => {
  it('reads a plain line', () => {
    expect(parseProcStat(`4242 (sleep) S 4200 4242 4100 34816 4242 ${statTail}`)).toEqual({
      pid: 4242,
      state: 'S',
      ppid: 4200,
      pgid: 4242,
      sid: 4100,
      startTicks: '9007199254740993',
    });
  });

  it('is not misled by spaces and parentheses in the name', () => {
    const stat = parseProcStat(`7 (a) R 1 (b c) ) Z 5 6 4 0 -1 ${statTail}`);
    expect(stat).toMatchObject({ pid: 7, state: 'Z', ppid: 5, pgid: 6, sid: 4 });
  });

  it('refuses what is no such line', () => {
    expect(parseProcStat('')).toBeUndefined();
    expect(parseProcStat('12 (cut')).toBeUndefined();
    expect(parseProcStat('12 (cut) S 1 2')).toBeUndefined();
  });
});

describe('ps', () => {
  const macOs = [
    '    1     0     1      0 Ss   Mon Nov 23 06:12:09 2026    ',
    '  311     1   311      0 S    Mon Nov 23 06:12:31 2026    ',
    ' 8123  8120  8120 7ff81 Z+   Sun Nov  1 09:00:00 2026    ',
  ].join('\n');
  const linux = [
    '      1       0       1       1 S Mon Nov 23 06:59:49 2026',
    '    745       1     745     745 S Mon Nov 23 07:00:03 2026',
  ].join('\n');

  it('reads the list of macOS', () => {
    expect(parsePsList(`${macOs}\n`)).toEqual([
      { pid: 1, ppid: 0, pgid: 1, sid: 0, state: 'S', startedAt: 'Mon Nov 23 06:12:09 2026' },
      { pid: 311, ppid: 1, pgid: 311, sid: 0, state: 'S', startedAt: 'Mon Nov 23 06:12:31 2026' },
      { pid: 8123, ppid: 8120, pgid: 8120, sid: 0, state: 'Z', startedAt: 'Sun Nov 1 09:00:00 2026' },
    ]);
  });

  it('reads the list of Linux', () => {
    expect(parsePsList(linux)[1]).toEqual({
      pid: 745,
      ppid: 1,
      pgid: 745,
      sid: 745,
      state: 'S',
      startedAt: 'Mon Nov 23 07:00:03 2026',
    });
  });

  it('reads what ps of this machine prints', () => {
    const columns = 'pid=,ppid=,pgid=,sess=,state=,lstart=';
    const text = execFileSync('ps', ['-axww', '-o', columns], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    const self = parsePsList(text).find((entry) => entry.pid === process.pid);
    expect(self).toMatchObject({
      ppid: process.ppid,
      startedAt: expect.stringMatching(/^\w{3} \w{3} \d+ \d\d:/),
    });
  });

  it('reads one start, in the same form as the list', () => {
    expect(parsePsStart('Ss   Sun Nov  1 09:00:00 2026    \n')).toEqual({
      state: 'S',
      startedAt: 'Sun Nov 1 09:00:00 2026',
    });
    expect(parsePsStart('')).toBeUndefined();
  });

  it('finds a variable only as a word of its own', () => {
    const text = [
      '  100 /bin/sleep 5 PATH=/usr/bin RUN=abc HOME=/Users/x',
      '  101 /bin/sleep 5 RUN=abcd',
      '  102 /bin/sleep 5 OTHER_RUN=abc',
      '  103 node server.js RUN=abc',
    ].join('\n');
    expect(parsePsEnvironment(text, 'RUN=abc')).toEqual([100, 103]);
  });
});
