import { expect, test } from 'vitest';
import type { SettingField } from '../../../store/records.ts';
import { settingArguments } from './setting-arguments.ts';

const field = (name: string): SettingField => ({ name, type: 'string', title: name });

test.each<[unknown, string[]]>([
  [undefined, []],
  [false, []],
  [true, ['--x']],
  ['a', ['--x=a']],
  ['--folder=/', ['--x=--folder=/']],
  ['two words', ['--x=two words']],
  [0, ['--x=0']],
  [1.5, ['--x=1.5']],
  [[], []],
  [
    ['a', '-b'],
    ['--x=a', '--x=-b'],
  ],
])('%j', (value, args) => {
  expect(settingArguments([field('x')], { x: value, other: 'never' })).toEqual(args);
});

test('in the order of the manifest', () => {
  expect(settingArguments([field('a'), field('b')], { b: '1', a: '2' })).toEqual(['--a=2', '--b=1']);
});
