import { draftOf } from '../../../../../assignment/draft-of.ts';
import type { Assignment, AssignmentDraft } from '../../../data/types.ts';
import { argumentFields, entriesOf } from './arguments.ts';
import { type EventState, emptyForm, type FormState, type StepState } from './form-state.ts';
import { lengthOf } from './length.ts';
import { type Servers, toolOf } from './to-draft.ts';

/** An assignment as a draft: what was said of it. Where it has a chat of its own, another one gets its own, too. */
export const formDraftOf = (assignment: Assignment): AssignmentDraft => ({
  ...draftOf(assignment),
  ...(!assignment.ownsSession && { sessionId: assignment.sessionId }),
});

/** The form that means this draft. */
export function formOf(draft: AssignmentDraft, servers: Servers, zone: string): FormState {
  const empty = emptyForm(draft.timeZone ?? zone);
  const { trigger, work, rules = {} } = draft;
  return {
    ...empty,
    title: draft.title ?? '',
    when: trigger.type,
    timerText: trigger.type === 'timer' ? trigger.text : '',
    event: trigger.type === 'event' ? eventOf(trigger, empty.event) : empty.event,
    what: work.type,
    text: work.type === 'text' ? work.text : '',
    steps: work.type === 'calls' ? work.calls.map((call, key) => stepOf(call, key, servers)) : empty.steps,
    sessionId: draft.sessionId ?? '',
    rules: {
      missed: rules.missed ?? empty.rules.missed,
      overlap: rules.overlap ?? empty.rules.overlap,
      retries: String(rules.retries ?? empty.rules.retries),
      retryAfter: rules.retryAfterMs === undefined ? empty.rules.retryAfter : lengthOf(rules.retryAfterMs),
      mayRepeatCalls: rules.mayRepeatCalls ?? false,
      disableAfter: String(rules.disableAfter ?? empty.rules.disableAfter),
      expectedBy: rules.expectedBy ?? '',
    },
  };
}

function eventOf(
  trigger: Extract<AssignmentDraft['trigger'], { type: 'event' }>,
  empty: EventState,
): EventState {
  const { source, filters = [] } = trigger;
  const common: EventState = {
    ...empty,
    kind: source.kind,
    filters: filters.map((filter, key) => ({ key, ...filter, value: filter.value ?? '' })),
    debounce: lengthOf(trigger.debounceMs),
    atMostEvery: lengthOf(trigger.atMostEveryMs),
    once: trigger.once === true,
  };
  switch (source.kind) {
    case 'task':
      return {
        ...common,
        statuses: source.statuses,
        taskServer: source.server ?? '',
        taskTool: source.tool ?? '',
      };
    case 'resource':
      return { ...common, server: source.server, uri: source.uri };
    case 'list':
      return { ...common, server: source.server, list: source.list };
    case 'hook':
      return { ...common, signed: source.signed };
  }
}

type Call = Extract<AssignmentDraft['work'], { type: 'calls' }>['calls'][number];

function stepOf(call: Call, key: number, servers: Servers): StepState {
  const tool = toolOf(servers, call);
  const entries = tool === undefined ? undefined : entriesOf(argumentFields(tool), call.arguments);
  return {
    key,
    server: call.server,
    tool: call.tool,
    isJson: entries === undefined,
    json: JSON.stringify(call.arguments, null, 2),
    entries: entries ?? {},
  };
}
