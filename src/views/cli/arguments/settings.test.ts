import { expect, test } from 'vitest';
import type { SettingField } from '../../../store/records.ts';
import { settingsOf } from './settings.ts';

const FIELDS: readonly SettingField[] = [
  { name: 'folder', type: 'directory', title: 'Folders', multiple: true },
  { name: 'ms', type: 'number', title: 'Time' },
  { name: 'fast', type: 'boolean', title: 'Fast' },
  { name: 'note', type: 'string', title: 'Note' },
];

test.each<[string[], object]>([
  [['folder=/a', 'folder=b', 'note=x=y'], { folder: ['/a', '/here/b'], note: 'x=y' }],
  [[`folder=$\{HOME}/x`], { folder: [`$\{HOME}/x`] }],
  [['folder='], { folder: null }],
  [['ms=10', 'fast=on'], { ms: 10, fast: true }],
  [['ms=soon', 'fast=maybe'], { ms: 'soon', fast: 'maybe' }], // the host says what is expected
  [['note=5', 'other=5'], { note: '5', other: '5' }],
])('%j', (words, settings) => {
  expect(settingsOf(FIELDS, words, '/here')).toEqual(settings);
});

test.each<[string[], string]>([
  [['folder'], 'NAME=VALUE'],
  [['=x'], 'NAME=VALUE'],
  [['ms=1', 'ms=2'], 'ms takes one value'],
  [['folder=/a', 'folder='], 'taken out'],
])('%j is refused', (words, why) => {
  expect(() => settingsOf(FIELDS, words, '/here')).toThrow(why);
});
