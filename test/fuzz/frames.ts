import type { Random } from './random.ts';

/** What a frame may speak of, so that some come close to what is real. */
export interface Known {
  /** Ids of requests that have been answered: a second answer must change nothing. */
  readonly answered: readonly unknown[];
  /** Progress tokens of calls that are under way, and of some that are over. */
  readonly tokens: readonly unknown[];
}

const METHODS = [
  'notifications/progress',
  'notifications/message',
  'notifications/cancelled',
  'notifications/tasks/status',
  'notifications/tasks',
  'notifications/tools/list_changed',
  'notifications/resources/updated',
  'notifications/resources/list_changed',
  'notifications/elicitation/complete',
  'notifications/subscriptions/acknowledged',
  'elicitation/create',
  'sampling/createMessage',
  'roots/list',
  'ping',
  'tools/call',
  'rpc.discover',
  '__proto__',
  '',
];

/** One line as a server may write it: a frame with anything in any place, or what is no frame at all. */
export function anyLine(random: Random, known: Known): string | Buffer {
  const roll = random.next();
  if (roll < 0.03) return Buffer.from([0xff, 0xfe, 0x7b, 0x80 + random.below(64), 0x22]);
  if (roll < 0.08) return noFrame(random);
  const line = JSON.stringify(anyFrame(random, known)) ?? 'undefined';
  if (roll < 0.12) return line.slice(0, random.below(line.length));
  // JSON.parse makes an own property of this name, which careless code then follows.
  return roll < 0.14 ? line.replace('{', '{"__proto__":{"result":{"content":[]}},') : line;
}

const noFrame = (random: Random): string =>
  random.of([
    '',
    ' ',
    'Listening on stdio',
    'null',
    '7',
    '"text"',
    '[]',
    '[{}]',
    '{}',
    '{"jsonrpc":"2.0"',
    '\u0000',
  ]);

function anyFrame(random: Random, known: Known): unknown {
  const frame: Record<string, unknown> = { jsonrpc: random.next() < 0.97 ? '2.0' : anything(random) };
  const kind = random.next();
  if (kind < 0.4) {
    frame.method = random.of(METHODS);
    frame.params = anyParams(random, known);
  } else if (kind < 0.6) {
    // Requests of the server; none of ours has such an id.
    frame.id = random.of(['s1', 's2', 9e15, -1, 1.5, null, {}, [], true]);
    frame.method = random.of(METHODS);
    frame.params = anyParams(random, known);
  } else {
    frame.id = random.of([...known.answered.slice(-20), 'nobody', 987_654_321, null, {}, [], '']);
    if (random.next() < 0.7) frame.result = anyResult(random);
    if (random.next() < 0.4) frame.error = random.of([anything(random), { code: -32603, message: 'no' }]);
  }
  return random.next() < 0.02 ? [frame] : frame;
}

function anyParams(random: Random, known: Known): unknown {
  if (random.next() < 0.1) return anything(random);
  const token = random.of([...known.tokens.slice(-20), 'nobody', 7, null, {}]);
  return {
    progressToken: token,
    progress: number(random),
    total: number(random),
    message: anything(random),
    level: random.of(['info', 'error', anything(random)]),
    data: anything(random),
    requestId: random.of(['s1', 's2', 'nobody', anything(random)]),
    taskId: random.of(['nobody', '', anything(random)]),
    status: random.of(['working', 'completed', 'cancelled', anything(random)]),
    uri: random.of(['test:///noise', 'test:///noise/below', '', anything(random)]),
    notifications: random.of([{ resourceSubscriptions: anything(random) }, anything(random)]),
    mode: random.of(['form', 'url', anything(random)]),
    url: random.of(['javascript:alert(1)', 'https://example.com', anything(random)]),
    requestedSchema: random.of([{ type: 'object', properties: {} }, anything(random)]),
    _meta: random.of([{ progressToken: random.of(['nobody', anything(random)]) }, anything(random)]),
  };
}

function anyResult(random: Random): unknown {
  return random.of([
    anything(random),
    { content: anything(random), isError: anything(random) },
    {
      resultType: random.of(['task', 'input_required', 'complete', anything(random)]),
      taskId: anything(random),
    },
    {
      task: { taskId: random.of(['t', anything(random)]), status: random.of(['working', anything(random)]) },
    },
    { contents: anything(random), tools: anything(random), nextCursor: anything(random) },
    { resultType: 'input_required', inputRequests: anything(random), requestState: anything(random) },
  ]);
}

const number = (random: Random): unknown =>
  random.of([0, -5, 1e308, -1e308, 0.1, 5, 100, 'NaN', null, '7', undefined, [], {}]);

function anything(random: Random): unknown {
  const roll = random.next();
  if (roll < 0.0005) return 'x'.repeat(1_000_000);
  if (roll < 0.002) return nested(random, 2_000);
  return random.of<unknown>([
    undefined,
    null,
    true,
    '',
    'text',
    '<b>text</b>',
    '\u0000\u001b[31m\u202e',
    -0,
    1e21,
    [],
    {},
    [[null]],
    { length: -1 },
    { toString: 1, constructor: null, hasOwnProperty: 0 },
    JSON.parse('{"then":"me"}'),
  ]);
}

function nested(random: Random, depth: number): unknown {
  let value: unknown = 'deep';
  const isArray = random.next() < 0.5;
  for (let level = 0; level < depth; level++) value = isArray ? [value] : { a: value };
  return value;
}
