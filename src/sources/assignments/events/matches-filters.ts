import type { EventFilter } from '../../../assignment/assignment.ts';
import type { AcceptedEvent } from '../../../assignment/run.ts';
import type { FieldError } from '../../../base/errors.ts';
import { asText } from './as-text.ts';
import { eventFields } from './event-fields.ts';
import { fieldAt } from './field-at.ts';
import { readExpression, readGlob, type TextTest } from './pattern.ts';

const FILTERS = 20;
/**
 * Patterns look at so much of a field, of a list in all: linear time is long, too, with enough to look at. A text that
 * is longer fits no pattern; cut, it would seem to end where it does not.
 */
const TEXT_CHARS = 32 * 1024;

/**
 * Whether all filters hold for an event. Of a list any entry may; `not_equals` wants that none does. A filter that
 * cannot be read holds for nothing, but is found by `filterProblems` before it is saved.
 */
export function matchesFilters(event: AcceptedEvent, filters: readonly EventFilter[] = []): boolean {
  const fields = eventFields(event);
  return filters.every((filter) => {
    try {
      return holds(fieldAt(fields, filter.path), filter);
    } catch {
      return false;
    }
  });
}

function holds(field: unknown, { op, value = '' }: EventFilter): boolean {
  if (op === 'exists') return (field !== undefined) === (value !== 'false');
  if (op === 'not_equals') return !isAny(field, (text) => text === value);
  return isAny(field, testOf(op, value));
}

function testOf(op: 'equals' | 'glob' | 'matches', value: string): TextTest {
  if (op === 'equals') return (text) => text === value;
  const test = op === 'glob' ? readGlob(value) : readExpression(value);
  let left = TEXT_CHARS;
  return (text) => {
    left -= text.length + 1;
    return left >= 0 && test(text);
  };
}

function isAny(field: unknown, test: TextTest): boolean {
  if (field === undefined) return false;
  return (Array.isArray(field) ? field : [field]).some((each) => test(asText(each)));
}

/** What is wrong with filters. @param field where they stand, such as `trigger.filters` */
export function filterProblems(filters: readonly EventFilter[], field: string): FieldError[] {
  if (filters.length > FILTERS) return [{ field, expected: `at most ${FILTERS} filters` }];
  return filters.flatMap(({ path, op, value }, index) => {
    const at = `${field}.${index}`;
    if (path.trim() === '') return [{ field: `${at}.path`, expected: 'a field of the event, such as path' }];
    if (op === 'exists') {
      const isKnown = value === undefined || value === 'true' || value === 'false';
      return isKnown ? [] : [{ field: `${at}.value`, expected: 'true, false, or nothing' }];
    }
    if (value === undefined) return [{ field: `${at}.value`, expected: 'a text to compare with' }];
    if (op !== 'glob' && op !== 'matches') return [];
    try {
      testOf(op, value);
      return [];
    } catch (error) {
      return [{ field: `${at}.value`, expected: (error as Error).message.replace(/^expected /, '') }];
    }
  });
}
