import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../create-store.ts';
import type { Database, Script, Statement } from '../database.ts';
import { migrate } from '../migrate.ts';
import type { Store } from '../ports.ts';
import { connect } from './open-sqlite-store.ts';
import { sqliteDatabase } from './sqlite-database.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { sqlitePlace } from './sqlite-place.fixture.ts';

/** What the engine means to do for each statement that was read, in its own words. */
let plans: string[] = [];

/** Beside each read, asks for its plan. */
function planning(database: Database): Database {
  function* explained<T>(script: Script<T>): Script<T> {
    let step = script.next();
    while (!step.done) {
      const { sql, values }: Statement = step.value;
      const plan = yield { sql: `explain query plan ${sql}`, values };
      plans.push(...(plan as { detail: string }[]).map(({ detail }) => detail));
      step = script.next(yield step.value);
    }
    return step.value;
  }
  return { ...database, read: (script) => database.read(explained(script)) };
}

describe('The plans of SQLite', () => {
  let place: Awaited<ReturnType<typeof sqlitePlace>>;
  let store: Store;
  beforeAll(async () => {
    place = await sqlitePlace();
    const database = sqliteDatabase(connect(place.file), place.file);
    await migrate(database, sqliteDialect);
    store = await createStore(planning(database), sqliteDialect);
  });
  afterAll(async () => {
    await store.close();
    await place.remove();
  });

  const questions: Record<string, [() => Promise<unknown>, string]> = {
    'assignments that are due': [() => store.assignments.due(1, 5), 'assignments_due (next_due_ms<?)'],
    'when the next is due': [() => store.assignments.nextDueAt(), 'assignments_due (next_due_ms>?)'],
    'who listens': [() => store.assignments.listening('hook'), 'assignments_listening (listens_to=?)'],
    'those of a session': [() => store.assignments.ofSession('s'), 'assignments_session (session_id=?)'],
    'runs that wait': [() => store.runs.waiting(1, 5), 'runs_waiting (waits_until_ms<?)'],
    'when the next may begin': [() => store.runs.nextWaitingAt(), 'runs_waiting (waits_until_ms>?)'],
    'active runs of one': [() => store.runs.active('a'), 'runs_assignment (assignment_id=? AND state=?)'],
    'active runs': [() => store.runs.active(), 'runs_state (state=?)'],
    durations: [() => store.runs.durations('a', 5), 'runs_assignment (assignment_id=? AND state=?)'],
    'the newest run': [() => store.runs.latest('a'), 'runs_assignment (assignment_id=? AND state=?)'],
    'runs of one': [
      () => store.runs.list({ assignmentId: 'a', limit: 5 }),
      'runs_assignment (assignment_id=? AND state=?)',
    ],
    'runs in a state': [() => store.runs.list({ states: ['failed'], limit: 5 }), 'runs_state (state=?)'],
    'what is pending': [() => store.inbox.pending('a', 5), 'inbox_pending (assignment_id=?)'],
  };
  it.each(Object.entries(questions))('%s: by an index', async (_, [ask, index]) => {
    plans = [];
    await ask();
    expect(plans.some((plan) => plan.includes(index))).toBe(true);
    expect(plans.filter((plan) => /^SCAN (assignments|runs|inbox)/.test(plan))).toEqual([]);
  });

  const isOrdered = (plan: string) => !plan.includes('TEMP B-TREE');
  it.each(['assignments that are due', 'runs that wait', 'durations', 'what is pending', 'who listens'])(
    '%s: in the order of the index, so that a limit ends it',
    async (question) => {
      plans = [];
      await questions[question]![0]();
      expect(plans.filter((plan) => !isOrdered(plan))).toEqual([]);
    },
  );

  it('a page of all runs: from the newest row on, however many there are', async () => {
    plans = [];
    await store.runs.list({ limit: 5 });
    const [walk] = plans.filter((plan) => plan.startsWith('SCAN runs'));
    expect(walk).toBe('SCAN runs');
    expect(plans.filter((plan) => !isOrdered(plan))).toEqual([]);
  });
});
