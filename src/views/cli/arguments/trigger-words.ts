import type { EventFilter, EventSource, EventTrigger } from '../../../assignment/assignment.ts';
import { AppError } from '../../../base/errors.ts';
import { pairs } from './pairs.ts';

const ENDS = ['completed', 'failed', 'cancelled', 'lost'] as const;
const LISTS = ['tools', 'resources', 'prompts'] as const;

export const WHEN_FORMS =
  'task:failed (or completed, cancelled, lost, with commas), resource:SERVER:URI, list:SERVER:tools or hook';

/** `--when` and its `--where path=value`, as an event trigger. @throws {AppError} `invalid_arguments` */
export function eventTrigger(when: string, where: readonly string[], once: boolean): EventTrigger {
  const filters: EventFilter[] = Object.entries(pairs('--where', where, '=')).map(([path, value]) => ({
    path,
    op: 'equals',
    value,
  }));
  return {
    source: sourceOf(when),
    ...(filters.length > 0 && { filters }),
    ...(once && { once }),
  };
}

function sourceOf(when: string): EventSource {
  const [, kind = '', rest = ''] = /^([a-z]+)(?::(.*))?$/s.exec(when) ?? [];
  const [, server = '', what = ''] = /^([^:]+):(.+)$/s.exec(rest) ?? [];
  if (kind === 'hook' && (rest === '' || rest === 'signed')) return { kind, signed: rest === 'signed' };
  if (kind === 'resource' && server !== '') return { kind, server, uri: what };
  const list = LISTS.find((each) => each === what);
  if (kind === 'list' && list !== undefined) return { kind, server, list };
  const words = rest.split(',');
  const statuses = ENDS.filter((end) => words.includes(end));
  if (kind === 'task' && statuses.length === words.length) return { kind, statuses };
  throw new AppError('invalid_arguments', `--when takes ${WHEN_FORMS}, not \`${when}\`.`);
}
