import { newId } from '../../src/base/ids.ts';
import type { Store, Unnumbered } from '../../src/store/ports.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import type { Task } from '../../src/task/task.ts';
import { answer } from '../rig/answer.ts';

/* Fills a database with ended tasks through the store, as they would have come to be over the years. */

const BATCH = 2_000;
const SESSIONS = 1_000;
const SERVERS = ['files', 'git', 'command', 'photos', 'mail'];
const VERBS = ['Back up', 'Index', 'Convert', 'Upload', 'Compare', 'Fetch', 'Build', 'Scan'];
const THINGS = ['photos', 'invoices', 'notes', 'videos', 'letters', 'sources', 'maps', 'records', 'scores'];
const STEP_MS = 60_000;
const FIRST_MS = Date.parse('2024-01-01T00:00:00Z');

const pick = (from: readonly string[], n: number): string => from[n % from.length] ?? '';

/** Of a hundred tasks 90 are completed, 6 failed, 3 cancelled, 1 lost. Every 50,000th carries the rare word. */
function taskOf(n: number): Unnumbered<Task> {
  const share = (n * 7) % 100;
  const status = share < 90 ? 'completed' : share < 96 ? 'failed' : share < 99 ? 'cancelled' : 'lost';
  const startedAt = new Date(FIRST_MS + n * STEP_MS).toISOString();
  const endedAt = new Date(FIRST_MS + n * STEP_MS + 1_000 + (n % 30_000)).toISOString();
  const id = newId('task');
  const title = `${pick(VERBS, n * 3)} ${pick(THINGS, n * 5)} of ${1990 + (n % 36)}${n % 50_000 === 7 ? ' zeppelin' : ''}`;
  return {
    id,
    title,
    source: {
      type: 'mcp',
      server: pick(SERVERS, n),
      tool: pick(VERBS, n).toLowerCase(),
      args: { folder: `/home/anna/${pick(THINGS, n * 11)}/${n % 5_000}`, deep: n % 2 === 0 },
    },
    sessionId: `sess_${n % SESSIONS}`,
    status,
    progress: { value: 100, total: 100, message: 'done' },
    cancel: { support: 'request' },
    createdAt: startedAt,
    startedAt,
    aliveAt: endedAt,
    endedAt,
    ...(status === 'failed'
      ? { failure: { reason: 'tool_error', message: 'The disk was not there.' } }
      : {
          result: {
            preview: `${n} entries looked at, ${n % 977} changed.`,
            isError: false,
            contentRef: `/api/tasks/${id}/result`,
          },
        }),
    delivery: { state: 'delivered', deliveredAt: endedAt },
  };
}

let store: Store | undefined;

answer({
  /** @returns how many rows were written per second */
  async fill({ file, tasks }: { file: string; tasks: number }) {
    const startedMs = performance.now();
    store = await openSqliteStore({ file });
    for (let n = 0; n < tasks; n += BATCH)
      await store.writer.commit(
        Array.from({ length: Math.min(BATCH, tasks - n) }, (_, index) => ({
          type: 'task',
          task: taskOf(n + index),
        })),
        'quick',
      );
    await store.close();
    return (tasks * 1_000) / (performance.now() - startedMs);
  },
});
