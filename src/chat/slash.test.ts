import { expect, test } from 'vitest';
import { HELP_TEXT, parseSlash, type SlashCommand } from './slash.ts';

test.each<[string, SlashCommand | undefined]>([
  ['hello', undefined],
  ['say /help', undefined],
  ['/', undefined],
  ['/ help', undefined],
  ['', undefined],
  ['/help', { type: 'help' }],
  ['  /help  ', { type: 'help' }],
  ['/tasks', { type: 'tasks' }],
  ['/cancel', { type: 'cancel' }],
  ['/cancel  task_1 ', { type: 'cancel', target: 'task_1' }],
  ['/git.clone', { type: 'call', server: 'git', tool: 'clone', argumentLine: '' }],
  [
    '/git.clone url=x\ndepth=1',
    { type: 'call', server: 'git', tool: 'clone', argumentLine: 'url=x\ndepth=1' },
  ],
  ['/git.repo.clone a=1', { type: 'call', server: 'git', tool: 'repo.clone', argumentLine: 'a=1' }],
  ['/.clone', { type: 'unknown', word: '.clone' }],
  ['/git.', { type: 'unknown', word: 'git.' }],
  ['/Help', { type: 'unknown', word: 'Help' }],
  ['/etc/passwd', { type: 'unknown', word: 'etc/passwd' }],
])('%j', (text, command) => {
  expect(parseSlash(text)).toEqual(command);
});

test('the help names every command that is understood', () => {
  for (const word of ['/server.tool', '/tasks', '/cancel', '/help']) expect(HELP_TEXT).toContain(word);
});
