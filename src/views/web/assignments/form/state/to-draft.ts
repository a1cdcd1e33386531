import type { AssignmentDraft, ServerView, Tool } from '../../../data/types.ts';
import { argumentFields, argumentsOf } from './arguments.ts';
import type { EventState, FormState, Length, RulesState, StepState } from './form-state.ts';
import { lengthMs } from './length.ts';

/* The form as a draft for the API, and what is wrong with it before it is sent. Pure. */

/** By field, as the API names them: what was expected. */
export type FormErrors = Readonly<Record<string, string>>;

export interface ReadForm {
  readonly draft: AssignmentDraft;
  readonly errors: FormErrors;
}

export type Servers = readonly Pick<ServerView, 'name' | 'tools'>[];

export const toolOf = (
  servers: Servers,
  { server, tool }: Pick<StepState, 'server' | 'tool'>,
): Tool | undefined => servers.find(({ name }) => name === server)?.tools.find(({ name }) => name === tool);

export function readForm(form: FormState, servers: Servers): ReadForm {
  const errors: Record<string, string> = {};
  const title = form.title.trim();
  const draft: AssignmentDraft = {
    ...(title !== '' && { title }),
    trigger: form.when === 'timer' ? timer(form, errors) : event(form.event, errors),
    work: work(form, servers, errors),
    timeZone: form.timeZone,
    rules: rules(form.rules, errors),
    ...(form.sessionId !== '' && { sessionId: form.sessionId }),
  };
  return { draft, errors };
}

type Errors = Record<string, string>;

function timer({ timerText }: FormState, errors: Errors): AssignmentDraft['trigger'] {
  if (timerText.trim() === '') errors['trigger.text'] = 'a time, such as “every weekday at 9:00”';
  return { type: 'timer', text: timerText.trim() };
}

function event(state: EventState, errors: Errors): AssignmentDraft['trigger'] {
  const debounceMs = length(state.debounce, 'trigger.debounceMs', errors);
  const atMostEveryMs = length(state.atMostEvery, 'trigger.atMostEveryMs', errors);
  const filters = state.filters
    .filter(({ path, value }) => path.trim() !== '' || value !== '')
    .map(({ path, op, value }) => ({
      path: path.trim(),
      op,
      ...((op !== 'exists' || value !== '') && { value }),
    }));
  return {
    type: 'event',
    source: source(state, errors),
    ...(filters.length > 0 && { filters }),
    ...(debounceMs !== undefined && { debounceMs }),
    ...(atMostEveryMs !== undefined && { atMostEveryMs }),
    ...(state.once && { once: true }),
  };
}

function source(state: EventState, errors: Errors) {
  const { kind, server, list, signed, statuses } = state;
  const uri = state.uri.trim();
  if ((kind === 'resource' || kind === 'list') && server === '')
    errors['trigger.source.server'] = 'a server to listen to';
  switch (kind) {
    case 'task': {
      if (statuses.length === 0) errors['trigger.source.statuses'] = 'at least one of them';
      const tool = state.taskTool.trim();
      return {
        kind,
        statuses,
        ...(state.taskServer !== '' && { server: state.taskServer }),
        ...(state.taskServer !== '' && tool !== '' && { tool }),
      };
    }
    case 'resource':
      if (uri === '') errors['trigger.source.uri'] = 'the URI of a resource';
      return { kind, server, uri };
    case 'list':
      return { kind, server, list };
    case 'hook':
      return { kind, signed };
  }
}

function work(form: FormState, servers: Servers, errors: Errors): AssignmentDraft['work'] {
  if (form.what === 'text') {
    if (form.text.trim() === '') errors['work.text'] = 'a text';
    return { type: 'text', text: form.text.trim() };
  }
  const calls = form.steps.map((step, at) => ({
    server: step.server,
    tool: step.tool,
    arguments: stepArguments(step, toolOf(servers, step), `work.calls.${at}`, errors),
  }));
  return { type: 'calls', calls };
}

function stepArguments(step: StepState, tool: Tool | undefined, at: string, errors: Errors) {
  if (step.server === '' || step.tool === '') {
    errors[`${at}.tool`] = 'a tool to use';
    return {};
  }
  if (!step.isJson && tool !== undefined) {
    const fields = argumentFields(tool);
    const args = argumentsOf(fields, step.entries);
    for (const { name, required } of fields)
      if (required && !(name in args)) errors[`${at}.arguments.${name}`] = 'something: the tool needs it';
    return args;
  }
  try {
    const value: unknown = JSON.parse(step.json.trim() || '{}');
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // told below
  }
  errors[`${at}.arguments`] = 'a JSON object, such as {"path": "notes"}';
  return {};
}

function rules(state: RulesState, errors: Errors): AssignmentDraft['rules'] {
  const retryAfterMs = length(state.retryAfter, 'rules.retryAfterMs', errors);
  return {
    missed: state.missed,
    overlap: state.overlap,
    retries: whole(state.retries, 'rules.retries', errors),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    mayRepeatCalls: state.mayRepeatCalls,
    disableAfter: whole(state.disableAfter, 'rules.disableAfter', errors),
    expectedBy: state.expectedBy.trim(),
  };
}

function length(typed: Length, field: string, errors: Errors): number | undefined {
  const ms = lengthMs(typed);
  if (ms === undefined || (Number.isFinite(ms) && ms >= 0)) return ms;
  errors[field] = 'a number';
  return undefined;
}

function whole(text: string, field: string, errors: Errors): number {
  const value = Number(text.trim() || '0');
  if (!Number.isInteger(value) || value < 0) errors[field] = 'a whole number';
  return Number.isInteger(value) ? value : 0;
}
