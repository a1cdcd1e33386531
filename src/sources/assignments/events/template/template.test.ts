import { describe, expect, test } from 'vitest';
import type { Work } from '../../../../assignment/assignment.ts';
import type { AcceptedEvent, Run } from '../../../../assignment/run.ts';
import { fillTemplate } from './fill-template.ts';
import { templateProblems } from './template-problems.ts';
import { templateScope } from './template-scope.ts';

const event = (id: string): AcceptedEvent => ({
  id,
  type: 'file.created',
  at: '2026-11-26T10:00:00.000Z',
  data: { path: `/in/${id}`, size: 3, tags: ['a', 'b'], nested: { yes: true }, brace: '{{event.id}}' },
});
const assignment = { id: 'asn_1', title: 'Bills', timeZone: 'Europe/Berlin' };
const run = (cause: Run['cause']) => ({
  id: 'run_1',
  cause,
  attempt: 1,
  notBefore: '2026-11-26T10:00:00.000Z',
});
const result = {
  content: [
    { type: 'text', text: 'one' },
    { type: 'text', text: 'two' },
  ],
  structuredContent: { count: 7 },
};
const scope = templateScope(assignment, run({ type: 'event', events: [event('a'), event('b')] }), [
  { state: 'completed', preview: 'one', content: JSON.stringify(result) },
]);
const timed = templateScope(assignment, run({ type: 'timer', dueAt: '2026-11-26T09:00:00.000Z' }));

describe('what is filled in', () => {
  test.each<[unknown, unknown]>([
    ['no placeholder }}', 'no placeholder }}'],
    ['{{event.path}}', '/in/b'],
    ['{{ event.size }}', 3],
    ['{{event.tags}}', ['a', 'b']],
    ['{{event.nested}}', { yes: true }],
    ['{{event.data.nested.yes}}', true],
    ['{{event.type}} of {{event.size}}: {{event.nested}}', 'file.created of 3: {"yes":true}'],
    ['{{events.length}}', 2],
    ['{{events.*.path}}', ['/in/a', '/in/b']],
    ['{{events.0.id}}', 'a'],
    ['{{event.brace}}', '{{event.id}}'],
    ['x{{event.brace}}', 'x{{event.id}}'],
    ['{{{{event.path}}', '{{event.path}}'],
    ['{{{{ {{event.id}}', '{{ b'],
    ['{{steps.0.data.count}}', 7],
    ['{{steps.0.text}}', 'one\ntwo'],
    ['{{steps.0.result.content.1.text}}', 'two'],
    ['{{assignment.title}} at {{run.dueAt}}', 'Bills at 2026-11-26T10:00:00.000Z'],
    [
      { paths: ['{{event.path}}'], size: '{{event.size}}', flag: true, none: null },
      { paths: ['/in/b'], size: 3, flag: true, none: null },
    ],
    [JSON.parse('{"__proto__": "{{event.id}}"}'), JSON.parse('{"__proto__": "b"}')],
  ])('%j', (template, value) => {
    expect(fillTemplate(template, scope)).toEqual({ ok: true, value });
  });

  test('the time at which it was due', () => {
    expect(fillTemplate('{{run.dueAt}}', timed)).toEqual({ ok: true, value: '2026-11-26T09:00:00.000Z' });
  });
});

describe('what cannot be filled in', () => {
  test.each<[string, string]>([
    [
      '{{event.pth}}',
      '{{event.pth}}: there is no pth in event; there is: path, size, tags, nested, brace, id, type, at, data',
    ],
    ['{{event.nested.no.more}}', '{{event.nested.no.more}}: there is no no in event.nested; there is: yes'],
    ['{{evnt.path}}', '{{evnt.path}}: there is no evnt; there is: event, events, steps, run, assignment'],
    ['{{events.9.id}}', '{{events.9.id}}: there is no 9 in events; there is: 0 to 1, *'],
    [
      '{{event.constructor}}',
      '{{event.constructor}}: there is no constructor in event; there is: path, size, tags, nested, brace, id, type, at, data',
    ],
    [
      '{{event.__proto__}}',
      '{{event.__proto__}}: there is no __proto__ in event; there is: path, size, tags, nested, brace, id, type, at, data',
    ],
    ['{{event.path.length}}', '{{event.path.length}}: there is no length in event.path; there is: nothing'],
    [
      'a {{event.path',
      '{{ at character 3: expected a name and }} after it, such as {{event.path}}; two braces are written as {{{{',
    ],
    [
      '{{}}',
      '{{ at character 1: expected a name and }} after it, such as {{event.path}}; two braces are written as {{{{',
    ],
  ])('%s', (template, problem) => {
    expect(fillTemplate(template, scope)).toEqual({ ok: false, problem });
  });

  test('an event of a run that had none', () => {
    expect(fillTemplate('{{event.path}}', timed)).toEqual({
      ok: false,
      problem: '{{event.path}}: there is no event; there is: steps, run, assignment',
    });
  });

  test('more than 1 MB in all', () => {
    const large = { ...scope, event: { text: 'x'.repeat(400_000) } };
    expect(fillTemplate(['{{event.text}}', '{{event.text}}'], large).ok).toBe(true);
    expect(fillTemplate(['{{event.text}}', '{{event.text}}', 'a{{event.text}}'], large)).toEqual({
      ok: false,
      problem: 'What is filled in is larger than 1048576 characters in all.',
    });
  });

  test('what is nested too deeply', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    expect(fillTemplate('{{event.deep}}', { event: { deep } })).toMatchObject({ ok: false });
    expect(fillTemplate(deep, scope)).toEqual({
      ok: false,
      problem: 'The arguments are nested deeper than 50.',
    });
  });
});

describe('before it is saved', () => {
  const call = (args: Record<string, unknown>) => ({ server: 's', tool: 't', arguments: args });
  const calls = (...all: Record<string, unknown>[]): Work => ({ type: 'calls', calls: all.map(call) });

  test.each<[string, Work, 'event' | 'timer', string[]]>([
    ['a good text', { type: 'text', text: 'Look at {{event.path}}, {{events.*.path}}' }, 'event', []],
    ['good calls', calls({ a: '{{event.x}}' }, { b: ['{{steps.0.data.x}}'] }), 'event', []],
    [
      'an event of a timer',
      { type: 'text', text: '{{event.path}}' },
      'timer',
      ['work.text: {{event.path}}: there is steps, run, assignment'],
    ],
    [
      'a name that is unknown',
      calls({ a: { b: ['{{evt.x}}'] } }),
      'event',
      ['work.calls.0.arguments.a.b.0: {{evt.x}}: there is event, events, steps, run, assignment'],
    ],
    [
      'of the run',
      calls({ a: '{{run.due}}' }),
      'timer',
      ['work.calls.0.arguments.a: {{run.due}}: there is run.id, run.attempt, run.dueAt'],
    ],
    [
      'of the assignment',
      calls({ a: '{{assignment.title.x}}' }),
      'timer',
      [
        'work.calls.0.arguments.a: {{assignment.title.x}}: there is assignment.id, assignment.title, assignment.timeZone',
      ],
    ],
    [
      'a step before the first',
      calls({ a: '{{steps.0.text}}' }),
      'timer',
      ['work.calls.0.arguments.a: {{steps.0.text}}: there is no call before this one'],
    ],
    [
      'a step of its own',
      calls({}, {}, { a: '{{steps.2.text}}' }),
      'timer',
      ['work.calls.2.arguments.a: {{steps.2.text}}: there is steps.0 to steps.1 before this call'],
    ],
    [
      'of a step',
      calls({}, { a: '{{steps.0.txt}}' }),
      'timer',
      [
        'work.calls.1.arguments.a: {{steps.0.txt}}: there is steps.0.state, steps.0.preview, steps.0.text, steps.0.data, steps.0.result, steps.0.taskId, steps.0.failure',
      ],
    ],
    [
      'not closed',
      calls({ a: '{{run' }),
      'timer',
      [
        'work.calls.0.arguments.a: {{ at character 1: expected a name and }} after it, such as {{event.path}}; two braces are written as {{{{',
      ],
    ],
  ])('%s', (_what, work, trigger, problems) => {
    expect(templateProblems(work, trigger).map(({ field, expected }) => `${field}: ${expected}`)).toEqual(
      problems,
    );
  });
});
