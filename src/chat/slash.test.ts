import { expect, test } from 'vitest';
import { COMMANDS, HELP_TEXT, parseSlash, type SlashCommand } from './slash.ts';

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
  ['/assignments', { type: 'assignments' }],
  ['/remind in 5 minutes tea', { type: 'remind', rest: 'in 5 minutes tea' }],
  ['/every\n day at 9 x ', { type: 'every', rest: 'day at 9 x' }],
  ['/when', { type: 'when', rest: '' }],
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
  for (const word of COMMANDS.match(/\/[\w.]+/g) ?? []) expect(HELP_TEXT).toContain(`\n${word} `);
  expect(COMMANDS.match(/\//g)).toHaveLength(8);
});
