import { expect, test } from 'vitest';
import { checklist } from './checklist.ts';

test('a list that is called off names what was not reached, and takes nothing more', () => {
  const list = checklist();
  list.ok('connects', 'In 3 ms.');
  list.warning('tools', 'It offers no tools.');
  list.seal(['tools', 'ping', 'closing'], 'Not reached.');
  list.ok('ping', 'Answered after all.');
  expect(list.checks).toEqual([
    { what: 'connects', result: 'ok', words: 'In 3 ms.' },
    { what: 'tools', result: 'warning', words: 'It offers no tools.' },
    { what: 'ping', result: 'skipped', words: 'Not reached.' },
    { what: 'closing', result: 'skipped', words: 'Not reached.' },
  ]);
});
