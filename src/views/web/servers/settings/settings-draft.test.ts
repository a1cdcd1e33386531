import { describe, expect, test } from 'vitest';
import type { SettingField } from '../../data/types.ts';
import { changesOf, type Draft, draftOf, nextKey, placeSettingErrors } from './settings-draft.ts';

const FIELDS: readonly SettingField[] = [
  {
    name: 'folder',
    type: 'directory',
    title: 'Folders',
    multiple: true,
    required: true,
    value: ['/a', '/b'],
  },
  {
    name: 'allow',
    type: 'string',
    title: 'Allow',
    multiple: true,
    suggestions: ['git', 'npm'],
    value: ['git', 'x'],
  },
  { name: 'ms', type: 'number', title: 'Time', value: 5 },
  { name: 'fast', type: 'boolean', title: 'Fast' },
  { name: 'note', type: 'string', title: 'Note' },
];
const rows = (...texts: string[]) => texts.map((text, key) => ({ key, text }));

test('the draft begins as it stands in mcp.json, and changes nothing', () => {
  const draft = draftOf(FIELDS);
  expect(draft).toEqual({
    folder: rows('/a', '/b'),
    allow: [
      { key: 0, text: 'git', isChosen: true },
      { key: 1, text: 'x' },
    ],
    ms: '5',
    fast: false,
    note: '',
  });
  expect(changesOf(FIELDS, draft)).toEqual({});
});

test('a list that is needed begins with a row, which says nothing while it is empty', () => {
  const field: SettingField = {
    name: 'folder',
    type: 'directory',
    title: 'F',
    multiple: true,
    required: true,
  };
  expect(draftOf([field])).toEqual({ folder: rows('') });
  expect(changesOf([field], draftOf([field]))).toEqual({});
});

describe('what is changed', () => {
  test.each<[Draft, object]>([
    [{ folder: rows('/b', '/a') }, { folder: ['/b', '/a'] }],
    [{ folder: rows('/a', '', ' /b ') }, {}],
    [{ folder: rows('', ' ') }, { folder: null }],
    [{ ms: '7' }, { ms: 7 }],
    [{ ms: ' ' }, { ms: null }],
    [{ ms: 'soon' }, { ms: 'soon' }], // the host says what it expects
    [{ fast: true }, { fast: true }],
    [{ note: ' a ' }, { note: 'a' }],
  ])('%j', (change, changes) => {
    expect(changesOf(FIELDS, { ...draftOf(FIELDS), ...change })).toEqual(changes);
  });
});

test('errors stand at their field or row, counted as the host saw the rows', () => {
  const draft = { ...draftOf(FIELDS), folder: rows('', '/a', '', '/x') };
  const found = [
    { field: 'meanwhile.settings.folder[1]', expected: 'a folder that exists' },
    { field: 'meanwhile.settings.ms', expected: 'a number' },
    { field: 'meanwhile.settings.other', expected: 'no such setting' },
    { field: 'meanwhile.manifest', expected: 'a manifest' },
  ];
  expect(placeSettingErrors(found, draft)).toEqual({
    fields: { ms: 'Expected a number.' },
    rows: { folder: { 3: 'Expected a folder that exists.' } },
    rest: ['meanwhile.settings.other: expected no such setting.', 'meanwhile.manifest: expected a manifest.'],
  });
});

test('a new row has a key of its own', () => {
  expect([nextKey([]), nextKey(rows('a', 'b'))]).toEqual([0, 2]);
});
