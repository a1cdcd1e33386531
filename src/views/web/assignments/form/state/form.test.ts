import { expect, test } from 'vitest';
import type { AssignmentDraft } from '../../../data/types.ts';
import { errorsLeft } from './errors-left.ts';
import { emptyForm, newStep } from './form-state.ts';
import { formOf } from './from-draft.ts';
import { lengthMs, lengthOf } from './length.ts';
import { placeholdersFor, sampleEvent } from './placeholders.ts';
import { readForm, type Servers } from './to-draft.ts';

const servers: Servers = [
  {
    name: 'lab',
    tools: [
      {
        name: 'run',
        inputSchema: {
          type: 'object',
          properties: {
            text: { type: 'string' },
            count: { type: 'integer', default: 3 },
            quiet: { type: 'boolean' },
            mode: { enum: ['fast', 'slow'] },
            tags: { type: 'array', items: { enum: ['a', 'b', 'c'] } },
            more: { type: 'object' },
          },
          required: ['text'],
        },
      },
    ],
  },
];

const draft = (args: Record<string, unknown>, more: Partial<AssignmentDraft> = {}): AssignmentDraft => ({
  title: 'A title',
  trigger: { type: 'timer', text: 'every day at 9:00' },
  work: { type: 'calls', calls: [{ server: 'lab', tool: 'run', arguments: args }] },
  timeZone: 'Europe/Berlin',
  rules: {
    missed: 'skip',
    overlap: 'queue',
    retries: 2,
    retryAfterMs: 90_000,
    mayRepeatCalls: true,
    disableAfter: 0,
    expectedBy: '10:00',
  },
  ...more,
});

test.each([
  [{ text: 'x' }, false],
  [{ text: 'x', count: 5, quiet: false, mode: 'slow', tags: ['a', 'c'], more: { deep: [1] } }, false],
  [{ text: '{{event.path}}', count: '{{event.size}}' }, false],
  [{ text: 'x', unknown: 1 }, true],
  [{ text: 'x', mode: '{{event.mode}}' }, true],
  [{ text: 5 }, true],
])('%j goes into the form and comes out again (as JSON: %s)', (args, isJson) => {
  const form = formOf(draft(args), servers, 'UTC');
  expect(form.steps[0]?.isJson).toBe(isJson);
  expect(readForm(form, servers)).toEqual({ draft: draft(args), errors: {} });
});

test.each<AssignmentDraft['trigger']>([
  { type: 'event', source: { kind: 'hook', signed: true }, once: true },
  { type: 'event', source: { kind: 'list', server: 'lab', list: 'prompts' } },
  { type: 'event', source: { kind: 'task', statuses: ['failed', 'lost'], server: 'lab', tool: 'run' } },
  {
    type: 'event',
    source: { kind: 'resource', server: 'lab', uri: 'x:/1' },
    filters: [
      { path: 'type', op: 'equals', value: 'file.created' },
      { path: 'size', op: 'exists' },
    ],
    debounceMs: 5_000,
    atMostEveryMs: 3_600_000,
  },
])('the trigger %j goes into the form and comes out again', (trigger) => {
  const said = draft({ text: 'x' }, { trigger });
  expect(readForm(formOf(said, servers, 'UTC'), servers).draft).toEqual(said);
});

test('what is not there yet is named by its field', () => {
  const empty = emptyForm('UTC');
  expect(Object.keys(readForm(empty, servers).errors)).toEqual(['trigger.text', 'work.calls.0.tool']);
  const steps = [{ ...newStep(0), server: 'lab', tool: 'run' }];
  expect(Object.keys(readForm({ ...empty, steps }, servers).errors)).toEqual([
    'trigger.text',
    'work.calls.0.arguments.text',
  ]);
  const json = [{ ...steps[0]!, isJson: true, json: '[1]' }];
  expect(Object.keys(readForm({ ...empty, steps: json }, servers).errors)).toContain(
    'work.calls.0.arguments',
  );
  const event = {
    ...empty.event,
    kind: 'resource' as const,
    debounce: { amount: 'x', unit: 'days' as const },
  };
  expect(Object.keys(readForm({ ...empty, when: 'event', what: 'text', event }, servers).errors)).toEqual([
    'trigger.debounceMs',
    'trigger.source.server',
    'trigger.source.uri',
    'work.text',
  ]);
});

test.each([
  [90_000, { amount: '90', unit: 'seconds' }],
  [120_000, { amount: '2', unit: 'minutes' }],
  [86_400_000, { amount: '1', unit: 'days' }],
] as const)('%i ms as a length', (ms, length) => {
  expect(lengthOf(ms)).toEqual(length);
  expect(lengthMs(length)).toBe(ms);
});

test('placeholders are those of the trigger and of the steps before', () => {
  const form = { ...emptyForm('UTC'), when: 'event' as const };
  expect(placeholdersFor(form, 1)).toEqual(expect.arrayContaining(['event.title', 'steps.0.text']));
  expect(placeholdersFor(form, 0).some((name) => name.startsWith('steps'))).toBe(false);
  expect(placeholdersFor({ ...form, when: 'timer' }, 0)).toEqual(['run.dueAt', 'assignment.title']);
});

test('a sample fits the filters that ask for one value', () => {
  const { event } = emptyForm('UTC');
  const filters = [
    { key: 0, path: 'type', op: 'equals' as const, value: 'file.created' },
    { key: 1, path: 'folder', op: 'equals' as const, value: '/in' },
  ];
  const form = { ...emptyForm('UTC'), event: { ...event, kind: 'resource' as const, filters } };
  expect(sampleEvent(form)).toMatchObject({ type: 'file.created', data: { folder: '/in' } });
});

test('what is wrong stays marked until it is changed', () => {
  const errors = { 'rules.expectedBy': 'HH:MM', 'trigger.text': 'a time', 'work.text': 'a text' };
  expect(errorsLeft(errors, { timerText: 'x' }, {})).toEqual({
    'rules.expectedBy': 'HH:MM',
    'work.text': 'a text',
  });
  expect(errorsLeft(errors, { text: '' }, { 'work.text': 'a text' })).toEqual(errors);
});
