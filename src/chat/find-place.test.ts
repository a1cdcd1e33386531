import { expect, test } from 'vitest';
import { findPlace } from './find-place.ts';

const watched = (folder: string) => ({
  uri: `files-changes://${folder.split('/').map(encodeURIComponent).join('/')}`,
  name: folder,
  title: `Changes in ${folder}`,
});
const resources = [watched('/home/anna/inbox'), watched('/home/anna/old inbox'), watched('/srv/inbox')];
const names = (place: string) => findPlace(resources, place).map(({ name }) => name);

test('a whole name is that one, whatever else ends with it', () => {
  expect(names('/srv/inbox')).toEqual(['/srv/inbox']);
  expect(names('/srv/inbox/')).toEqual(['/srv/inbox']);
});

test('an end at a slash or a blank counts before one in the middle of a word', () => {
  expect(findPlace([watched('/a/inbox'), watched('/a/outbox')], 'inbox').map(({ name }) => name)).toEqual([
    '/a/inbox',
  ]);
  expect(findPlace([watched('/a/inbox'), watched('/a/xinbox')], 'inbox').map(({ name }) => name)).toEqual([
    '/a/inbox',
  ]);
  expect(names('box')).toHaveLength(3);
});

test('a home folder, a title and a URI name a place, too', () => {
  expect(names('~/inbox')).toEqual(['/home/anna/inbox', '/srv/inbox']);
  expect(names('anna/old inbox')).toEqual(['/home/anna/old inbox']);
  expect(names('anna/old%20inbox')).toEqual(['/home/anna/old inbox']);
});

test('what is not there is not found', () => {
  expect(names('/home')).toEqual([]);
  expect(findPlace([{ uri: 'x:%zz', name: 'broken' }], 'broken')).toHaveLength(1);
});
