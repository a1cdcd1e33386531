import { type AssignmentRules, DEFAULT_RULES } from '../../../../../assignment/assignment.ts';
import type { EventFilter } from '../../../data/types.ts';

/* The form as it is typed: texts for whatever is not chosen, so that nothing typed is lost. Data only. */

export const TASK_ENDS = ['completed', 'failed', 'cancelled', 'lost'] as const;
export type TaskEnd = (typeof TASK_ENDS)[number];

/** A length of time: a number as typed, and its unit. An empty number is none. */
export interface Length {
  readonly amount: string;
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
}

export interface FilterRow extends EventFilter {
  readonly key: number;
  readonly value: string;
}

export interface EventState {
  readonly kind: 'task' | 'resource' | 'list' | 'hook';
  readonly statuses: readonly TaskEnd[];
  readonly taskServer: string;
  readonly taskTool: string;
  readonly server: string;
  readonly uri: string;
  readonly list: 'tools' | 'resources' | 'prompts';
  readonly signed: boolean;
  readonly filters: readonly FilterRow[];
  readonly debounce: Length;
  readonly atMostEvery: Length;
  readonly once: boolean;
}

/** What stands in the field of an argument: a text, or the places of the options that are chosen. */
export type ArgumentEntry = string | readonly string[];

export interface StepState {
  readonly key: number;
  readonly server: string;
  readonly tool: string;
  /** Written as JSON rather than field by field. */
  readonly isJson: boolean;
  readonly json: string;
  readonly entries: Readonly<Record<string, ArgumentEntry>>;
}

export interface RulesState {
  readonly missed: AssignmentRules['missed'];
  readonly overlap: AssignmentRules['overlap'];
  readonly retries: string;
  readonly retryAfter: Length;
  readonly mayRepeatCalls: boolean;
  readonly disableAfter: string;
  readonly expectedBy: string;
}

export interface FormState {
  readonly title: string;
  readonly when: 'timer' | 'event';
  readonly timerText: string;
  readonly timeZone: string;
  readonly event: EventState;
  readonly what: 'calls' | 'text';
  readonly steps: readonly StepState[];
  readonly text: string;
  /** Empty: a chat of its own. */
  readonly sessionId: string;
  readonly rules: RulesState;
  /** Given to hooks and the like when it is tried: its data as JSON. */
  readonly sample: string;
}

export const newStep = (key: number): StepState => ({
  key,
  server: '',
  tool: '',
  isJson: false,
  json: '{}',
  entries: {},
});

export const NO_LENGTH: Length = { amount: '', unit: 'seconds' };

export const firstRules: RulesState = {
  missed: DEFAULT_RULES.missed,
  overlap: DEFAULT_RULES.overlap,
  retries: String(DEFAULT_RULES.retries),
  retryAfter: { amount: '1', unit: 'minutes' },
  mayRepeatCalls: DEFAULT_RULES.mayRepeatCalls,
  disableAfter: String(DEFAULT_RULES.disableAfter),
  expectedBy: '',
};

/** An empty form. */
export const emptyForm = (timeZone: string): FormState => ({
  title: '',
  when: 'timer',
  timerText: '',
  timeZone,
  event: {
    kind: 'task',
    statuses: ['failed'],
    taskServer: '',
    taskTool: '',
    server: '',
    uri: '',
    list: 'tools',
    signed: true,
    filters: [],
    debounce: NO_LENGTH,
    atMostEvery: NO_LENGTH,
    once: false,
  },
  what: 'calls',
  steps: [newStep(0)],
  text: '',
  sessionId: '',
  rules: firstRules,
  sample: '',
});

/** A key that no row has yet. */
export const nextKey = (rows: readonly { readonly key: number }[]): number =>
  Math.max(-1, ...rows.map(({ key }) => key)) + 1;
