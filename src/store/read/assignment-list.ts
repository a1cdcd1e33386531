import type { AssignmentState } from '../../assignment/assignment.ts';
import { ASSIGNMENT_STATES } from '../../assignment/assignment.ts';
import type { Statement } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { prepare } from '../prepare.ts';
import { wordPattern } from '../spaced-words.ts';
import type { ListedRow } from './task-list.ts';

export interface AssignmentPageQuery {
  readonly states?: readonly AssignmentState[];
  /** Beginnings of words, all of which must be found. */
  readonly beginnings: readonly string[];
  /** Only assignments with a lower num. */
  readonly before?: number;
  readonly limit: number;
}

const PRESENT = ASSIGNMENT_STATES.filter((state) => state !== 'removed');

type Slots = Record<string, never>;

/**
 * Builds the query for a page, once for each shape. It walks from the newest on and looks at each row: assignments
 * are made by people, so there are hundreds of them and not the millions that tasks and runs may become.
 */
export function createAssignmentList({
  queries,
}: Dialect): (page: AssignmentPageQuery) => Statement<ListedRow> {
  const prepared = new Map<string, (values: Slots) => Statement<ListedRow>>();
  return ({ states: asked, beginnings, before, limit }) => {
    const states = asked?.length ? [...new Set(asked)] : PRESENT;
    const key = `${states.length} ${beginnings.length} ${before !== undefined}`;
    let fill = prepared.get(key);
    if (!fill) {
      fill = prepare((slots: Slots) => {
        let query = queries
          .selectFrom('assignments')
          .select(['num', 'seq', 'doc'])
          .where(
            'state',
            'in',
            states.map((_, index) => slots[`state${index}`]!),
          );
        for (const index of beginnings.keys()) query = query.where('words', 'like', slots[`word${index}`]!);
        if (before !== undefined) query = query.where('num', '<', slots.before!);
        return query.orderBy('num', 'desc').limit(slots.limit!);
      });
      prepared.set(key, fill);
    }
    const values: Record<string, unknown> = { before, limit };
    for (const [index, state] of states.entries()) values[`state${index}`] = state;
    for (const [index, word] of beginnings.entries()) values[`word${index}`] = wordPattern(word);
    return fill(values as Slots);
  };
}
