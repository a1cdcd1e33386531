import { describe, expect, test } from 'vitest';
import { parseConfig } from './parse-config.ts';

const servers = (text: string) => {
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.servers;
};

describe('what parses', () => {
  test.each(['', '{}', '  \n', '// nothing yet', '{"mcpServers": {}}', '{"other": 1}'])(
    '%j has no servers',
    (text) => {
      expect(servers(text)).toEqual([]);
    },
  );
  test('comments, trailing commas and the fields of other hosts beside mcpServers', () => {
    const text =
      '{ "inputs": [],\n // mine\n "mcpServers": { "git": { "command": "git-mcp", "args": ["-v",], }, }, }';
    expect(servers(text)).toEqual([{ name: 'git', entry: { command: 'git-mcp', args: ['-v'] } }]);
  });
});

describe('a file of which nothing can be made', () => {
  test.each([
    ['{\n  "mcpServers": {\n    "git": }\n}', 'line 3'],
    ['{"mcpServers": {', 'line 1'],
    ['[]', 'expected an object'],
    ['"text"', 'expected an object'],
    ['{\n"mcpServers": []}', 'line 2, mcpServers: expected an object'],
    ['{} x', 'line 1'],
    ['\u0000', 'line 1'],
  ])('%j', (text, words) => {
    expect(parseConfig(text)).toEqual({ ok: false, problem: expect.stringContaining(words) });
  });
});

describe('a wrong entry harms no other, and names line, field and expectation', () => {
  test.each([
    ['{"args": []}', 'mcpServers.bad.command', 'either command'],
    ['{"command": "x", "url": "http://x"}', 'mcpServers.bad.command', 'either command'],
    ['{"command": 7}', 'mcpServers.bad.command', 'string'],
    ['{"command": ""}', 'mcpServers.bad.command', '1'],
    ['{"command": "x", "args": "-v"}', 'mcpServers.bad.args', 'array'],
    ['{"command": "x", "args": ["a", 1]}', 'mcpServers.bad.args.1', 'string'],
    ['{"command": "x", "env": {"A": 1}}', 'mcpServers.bad.env.A', 'string'],
    ['{"command": "x", "colour": "red"}', 'mcpServers.bad.colour', 'no such field'],
    ['{"command": "x", "type": "pigeon"}', 'mcpServers.bad.type', 'stdio'],
    ['{"command": "x", "meanwhile": {"taskAfterMs": -1}}', 'mcpServers.bad.meanwhile.taskAfterMs', '0'],
    [
      '{"command": "x", "meanwhile": {"maxConcurrent": 1.5}}',
      'mcpServers.bad.meanwhile.maxConcurrent',
      'int',
    ],
    ['{"command": "x", "meanwhile": {"cancel": "maybe"}}', 'mcpServers.bad.meanwhile.cancel', 'none'],
    ['{"command": "x", "meanwhile": {"x": 1}}', 'mcpServers.bad.meanwhile.x', 'no such field'],
    ['null', 'mcpServers.bad', 'object'],
    ['[]', 'mcpServers.bad', 'object'],
    ['"npx server"', 'mcpServers.bad', 'object'],
  ])('%s', (entry, field, expected) => {
    const [bad, good] = servers(`{"mcpServers": {\n"bad": ${entry},\n"good": {"command": "x"}}}`);
    expect(good).toEqual({ name: 'good', entry: { command: 'x' } });
    expect(bad).toMatchObject({ name: 'bad', fields: [{ field }] });
    expect(bad).toHaveProperty('problem', expect.stringContaining(`mcp.json, line 2, ${field}: expected`));
    expect(bad).toHaveProperty('problem', expect.stringContaining(expected));
  });

  test('the line is that of the wrong value', () => {
    const [bad] = servers('{"mcpServers": {\n"bad": {\n"command": "x",\n"args": [\n"a",\n1\n]}}}');
    expect(bad).toHaveProperty('problem', expect.stringContaining('line 6, mcpServers.bad.args.1'));
  });

  test.each(['a b', '', '-x', '../x', 'ü', 'x'.repeat(65), '__proto__'])('the name %j', (name) => {
    const [bad] = servers(`{"mcpServers": {${JSON.stringify(name)}: {"command": "x"}}}`);
    expect(bad).toMatchObject({ name, problem: expect.stringContaining('expected a name of letters') });
  });
});

test('a name that stands twice is no server, rather than either', () => {
  const found = servers('{"mcpServers": {"a": {"command": "one"}, "a": {"command": "two"}}}');
  expect(found).toEqual([
    { name: 'a', problem: expect.stringContaining('stands 2 times'), fields: expect.anything() },
  ]);
});
