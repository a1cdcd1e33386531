import { RUN_STATES, type RunState } from '../../assignment/run-state.ts';
import type { Statement } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { prepare } from '../prepare.ts';
import type { ListedRow } from './task-list.ts';

export interface RunPageQuery {
  readonly assignmentId?: string;
  readonly states?: readonly RunState[];
  /** Only runs with a lower num. */
  readonly before?: number;
  readonly limit: number;
}

interface Slots {
  readonly assignmentId: string;
  readonly state0: string;
  readonly before: number;
  readonly limit: number;
}

interface Shape {
  readonly states: number;
  readonly ofOne: boolean;
  readonly after: boolean;
}

/** Builds the query for a page, once for each combination of filters. */
export function createRunList({ queries }: Dialect): (page: RunPageQuery) => Statement<ListedRow> {
  const prepared = new Map<string, (values: Slots) => Statement<ListedRow>>();

  /** For each state a short walk along an index; of what they bring, the newest. Costs the same at any size. */
  const walkIndexes = (shape: Shape, slots: Slots) => {
    const walk = (state: string | undefined) => {
      let query = queries.selectFrom('runs').select('num');
      if (shape.ofOne) query = query.where('assignment_id', '=', slots.assignmentId);
      if (state !== undefined) query = query.where('state', '=', state);
      if (shape.after) query = query.where('num', '<', slots.before);
      const found = query.orderBy('num', 'desc').limit(slots.limit);
      return queries.selectFrom(found.as('walk')).select('num');
    };
    const states = Array.from({ length: shape.states }, (_, index) => slots[`state${index}` as 'state0']);
    const found = (states.length === 0 ? [undefined] : states)
      .map(walk)
      .reduce((walks, one) => walks.unionAll(one));
    return queries
      .selectFrom('runs')
      .select(['num', 'seq', 'doc'])
      .where(
        'num',
        'in',
        queries.selectFrom(found.as('found')).select('num').orderBy('num', 'desc').limit(slots.limit),
      )
      .orderBy('num', 'desc');
  };

  return (page) => {
    const asked = [...new Set(page.states)];
    // The index of an assignment's runs has the state before the order, so such a walk names every state.
    const states = asked.length === 0 && page.assignmentId !== undefined ? RUN_STATES : asked;
    const shape = {
      states: states.length,
      ofOne: page.assignmentId !== undefined,
      after: page.before !== undefined,
    };
    const key = `${shape.states} ${shape.ofOne} ${shape.after}`;
    let fill = prepared.get(key);
    if (!fill) {
      fill = prepare((slots: Slots) => walkIndexes(shape, slots));
      prepared.set(key, fill);
    }
    const values: Record<string, unknown> = { ...page };
    for (const [index, state] of states.entries()) values[`state${index}`] = state;
    return fill(values as unknown as Slots);
  };
}
