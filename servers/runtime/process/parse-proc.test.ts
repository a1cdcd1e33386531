import { expect, it } from 'vitest';
import { parseCpu, parseMemory } from './parse-proc-use.ts';
import { parseReading } from './reads-input.ts';

it('reads CPU time, also behind a name with spaces and parentheses', () => {
  const stat = '7 (a) R 1 (b ) R 1 7 7 0 -1 4194304 100 0 0 0 150 25 300 50 20 0 1 0 5 0 0';
  expect(parseCpu(stat)).toEqual({ own: 1.75, ofChildren: 3.5 });
  expect(parseCpu('')).toBeUndefined();
});

it('reads memory; a kernel thread and a zombie have none', () => {
  expect(parseMemory('Name:\tnode\nVmHWM:\t   200000 kB\nVmRSS:\t  100000 kB\n')).toEqual({
    nowMb: 102.4,
    peakMb: 204.8,
  });
  expect(parseMemory('Name:\tkthreadd\nState:\tS\n')).toBeUndefined();
});

it.each([
  ['0 0x0 0x7f42b1a7e000 0x20000 0x7f42b1b10b60 0xffffffff 0x0 0x7ffd23ef5bc8 0x7f42b1bf92ad', 'x64', 0],
  ['0 0x5 0x7f42b1a7e000 0x20000 0x0 0x0 0x0 0x7ffd23ef5bc8 0x7f42b1bf92ad', 'x64', 5],
  ['63 0x0 0xffff0000 0x400 0x0 0x0 0x0 0xffffd000 0xffff1000', 'arm64', 0],
  ['61 0xffffffff 0x7ffd 0x0 0x0 0x0 0x0 0x7ffd 0x7f42', 'x64', undefined],
  ['running', 'x64', undefined],
  ['-1 0x7ffd 0x7f42', 'x64', undefined],
  ['0 0x0 0x7f42', 'mips', undefined],
])('reads from %j on %s what is read from: %s', (text, architecture, expected) => {
  expect(parseReading(`${text}\n`, architecture)).toBe(expected);
});
