import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder } from './data-folder.ts';

test('MEANWHILE_HOME names the folder, and a relative one is made absolute', () => {
  expect(dataFolder({ MEANWHILE_HOME: '/srv/meanwhile' })).toBe('/srv/meanwhile');
  expect(dataFolder({ MEANWHILE_HOME: 'home' })).toBe(resolve('home'));
});

test('without it the platform decides, and the folder bears our name without a suffix', () => {
  expect(dataFolder({})).toMatch(/[/\\]meanwhile([/\\]Data)?$/);
  expect(dataFolder({ MEANWHILE_HOME: '' })).toBe(dataFolder({}));
});
