import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRESETS } from './presets.ts';
import { readAgents } from './read-agents.ts';
import { splitWords } from './split-words.ts';
import { fillTemplate, parseTemplate } from './template.ts';

describe('a command line', () => {
  it.each([
    ['a  b\tc', ['a', 'b', 'c']],
    [`a 'b c' "d e" f'g'"h"`, ['a', 'b c', 'd e', 'fgh']],
    [`a '' ""`, ['a', '', '']],
    ['a b\\ c "\\"d\\" \\n" \'\\\'', ['a', 'b c', '"d" \\n', '\\']],
    ['$HOME *.ts `id` ~', ['$HOME', '*.ts', '`id`', '~']],
    ['', []],
  ])('%s is split without expanding anything', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it.each([
    ["a 'b", "a ' is not closed"],
    ['a \\', 'a backslash stands at the end'],
  ])('%s is refused', (text, why) => {
    expect(() => splitWords(text)).toThrow(why);
  });
});

describe('a template', () => {
  it.each([
    ['agent', 'found it 0 times'],
    ['agent PROMPT PROMPT', 'found it 2 times'],
    ['agent PROMPTPROMPT', 'found it 2 times'],
    ['PROMPT', 'PROMPT cannot be the program'],
    ['  ', 'expected a command'],
  ])('"%s" is refused', (text, why) => {
    expect(() => parseTemplate(text)).toThrow(why);
  });

  const task = `it's "PROMPT" $(id) $& \n--x`;
  it.each([
    ['agent -p PROMPT -v', task, ['agent', '-p', task, '-v']],
    ['agent --message=PROMPT', task, ['agent', `--message=${task}`]],
    ['agent --message=PROMPT', '-rf /', ['agent', '--message=-rf /']],
    ['agent -p PROMPT', '-rf /', ['agent', '-p', ' -rf /']],
    ['agent -- PROMPT', '-rf /', ['agent', '--', '-rf /']],
  ])('%s takes the task as one argument', (text, given, words) => {
    expect(fillTemplate(parseTemplate(text), given)).toEqual(words);
  });
});

describe('--agent', () => {
  let folder: string;
  const path = process.env.PATH;
  const install = (name: string) => {
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), 0o755);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meanwhile-agents-'));
    process.env.PATH = folder;
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  it('takes a preset, a template, and an ACP command', () => {
    const agents = readAgents(['aider', 'mine=my-agent --text=PROMPT', 'other=acp:my-agent --acp']);
    expect(agents.map(({ agent }) => agent)).toEqual([
      expect.objectContaining({ name: 'aider', via: 'template' }),
      { name: 'mine', via: 'template', words: ['my-agent', '--text=PROMPT'] },
      { name: 'other', via: 'acp', words: ['my-agent', '--acp'] },
    ]);
  });

  it.each([
    [['clode'], 'expected one of claude, codex'],
    [['aider:acp'], 'expected one of claude, codex'],
    [['aider:'], 'expected one of claude, codex'],
    [['my agent=x PROMPT'], 'expected a name of letters'],
    [['mine=x'], '--agent mine: expected the word PROMPT once'],
    [['mine=acp:'], '--agent mine: expected a command after acp:'],
    [['a=x PROMPT', 'a=acp:y'], 'a is given twice'],
  ])('%j is refused', (values, why) => {
    expect(() => readAgents(values)).toThrow(why);
  });

  it('without a value means what is installed, ACP before a template', () => {
    expect(readAgents([])).toEqual([]);
    install('aider');
    install('claude');
    expect(readAgents([]).map(({ agent }) => [agent.name, agent.via])).toEqual([
      ['claude', 'template'],
      ['aider', 'template'],
    ]);
    install('claude-agent-acp');
    expect(readAgents([])[0]).toMatchObject({
      agent: { name: 'claude', via: 'acp', words: ['claude-agent-acp'] },
      program: join(folder, 'claude-agent-acp'),
    });
  });

  it('drives a preset in the way that is asked for', () => {
    expect(readAgents(['opencode:template', 'codex:acp']).map(({ agent }) => agent.words[0])).toEqual([
      'opencode',
      'codex-acp',
    ]);
    expect(readAgents(['opencode:template'])[0]!.agent.via).toBe('template');
  });

  it.each(PRESETS)('the preset $name can be read', ({ name }) => {
    expect(readAgents([name])[0]!.agent.name).toBe(name);
  });
});
