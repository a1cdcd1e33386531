import type { EventTrigger, Trigger } from './assignment.ts';

/** When something fires, in words. */
export const triggerWords = (trigger: Trigger): string =>
  trigger.type === 'timer' ? trigger.words : eventWords(trigger);

function eventWords(trigger: EventTrigger): string {
  const filters = (trigger.filters ?? []).map(({ path, op, value }) =>
    op === 'exists' ? `${path} is there` : `${path} ${OPS[op]} ${value}`,
  );
  const limits = [
    trigger.debounceMs && `${seconds(trigger.debounceMs)} after the last of them`,
    trigger.atMostEveryMs && `at most once in ${seconds(trigger.atMostEveryMs)}, with all that came`,
  ].filter((text) => typeof text === 'string');
  const when = `${trigger.once ? 'Once when' : 'When'} ${sourceWords(trigger)}`;
  return [when, filters.length > 0 && `where ${filters.join(' and ')}`, ...limits]
    .filter((text) => text !== false)
    .join(', ');
}

const OPS = { equals: 'is', not_equals: 'is not', glob: 'is like', matches: 'matches' } as const;

function sourceWords({ source }: EventTrigger): string {
  switch (source.kind) {
    case 'resource':
      return `${source.uri} of “${source.server}” changes`;
    case 'list':
      return `the list of ${source.list} of “${source.server}” changes`;
    case 'hook':
      return `its hook is called${source.signed ? ', signed' : ''}`;
    case 'task': {
      const whose = [source.server, source.tool].filter((part) => part !== undefined).join('.');
      return `a task${whose === '' ? '' : ` of ${whose}`} ends as ${source.statuses.join(' or ')}`;
    }
  }
}

function seconds(ms: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1_000, 'second'],
  ] as const;
  for (const [size, unit] of units)
    if (ms >= size && ms % size === 0) return `${ms / size} ${unit}${ms === size ? '' : 's'}`;
  return `${ms} ms`;
}
