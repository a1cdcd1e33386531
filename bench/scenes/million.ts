import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Figure } from '../report/figure.ts';
import { median, quantile } from '../report/statistics.ts';
import { alternate } from '../rig/alternate.ts';
import { startBenchHost } from '../rig/host.ts';
import { startWorker, type Worker } from '../rig/worker.ts';
import type { HostUsage } from '../workers/host.ts';
import type { Scene } from './scene.ts';

const MOST_PAGE_MS = 10;
const MOST_SEARCH_MS = 50;
const MOST_RSS_MB = 250;
const DEEP_PAGES = 1_000;
const PAGE = 50;

/** Lists and searches over a million stored tasks, as a program over the API sees them. */
export const million: Scene = async ({ quick, open, filled, say }) => {
  const { folder, tasks, rowsPerSecond } = await filled();
  const file = join(folder, 'meanwhile.db');
  const host = await startBenchHost(open, folder);
  const client = startWorker(open, 'http-client');
  const api = { url: host.url, token: host.token };
  const get = (paths: readonly string[], count: number) => () =>
    client.ask<Float64Array>('timed', { ...api, paths, count });
  const search = (...words: readonly string[]) =>
    get(
      words.map((word) => `/api/tasks?q=${encodeURIComponent(word)}`),
      quick ? 10 : 30,
    );
  say('the first page, filters, search');
  const pages = Math.min(DEEP_PAGES, tasks / PAGE / 2);
  const cursor = await deepCursor(client, api, pages);
  const count = quick ? 50 : 200;
  const questions = {
    first: get(['/api/tasks'], count),
    raw: async () => rawPage(file, count),
    failed: get(['/api/tasks?status=failed'], count),
    session: get(['/api/tasks?session=sess_77', '/api/tasks?session=sess_500'], count),
    both: get(['/api/tasks?status=lost,failed&server=git'], count),
    deep: get([`/api/tasks?cursor=${cursor}`], count),
    // A word of a few tasks; one of a ninth of all; beginnings of words.
    rare: search('zeppelin'),
    common: search('photos'),
    prefix: search('zep', 'pho', 'b'),
    several: search('back photos 1999', 'upload invoices'),
    filtered: get(['/api/tasks?q=photos&status=lost'], quick ? 10 : 30),
  };
  await alternate(1, questions);
  const rows = await alternate(3, questions);
  const { rssMb } = await host.worker.ask<HostUsage>('usage');

  const at = (name: keyof typeof rows, share: number) =>
    median(rows[name].map((durations) => quantile(durations, share)));
  const figure = (name: string, question: keyof typeof rows, most: number): Figure => ({
    scene: 'million',
    name: `${name}, p95`,
    value: at(question, 0.95),
    unit: 'ms',
    target: { text: `≤ ${most}`, met: at(question, 0.95) <= most },
    note: `p50 ${at(question, 0.5).toFixed(2)} ms`,
  });
  return [
    {
      ...figure('first page', 'first', MOST_PAGE_MS),
      yardstick: { name: 'raw SQLite', value: at('raw', 0.95) },
      note: `${tasks.toLocaleString('en')} tasks, ${Math.round(statSync(file).size / 1e6)} MB, written at ${Math.round(rowsPerSecond)} tasks/s; p50 ${at('first', 0.5).toFixed(2)} ms`,
    },
    figure('page of failed tasks', 'failed', MOST_PAGE_MS),
    figure('page of one session', 'session', MOST_PAGE_MS),
    figure('page of two statuses and a server', 'both', MOST_PAGE_MS),
    figure(`page ${pages + 1} by cursor`, 'deep', MOST_PAGE_MS),
    figure('search, a rare word', 'rare', MOST_SEARCH_MS),
    figure('search, a common word', 'common', MOST_SEARCH_MS),
    figure('search, beginnings of words', 'prefix', MOST_SEARCH_MS),
    figure('search, several words', 'several', MOST_SEARCH_MS),
    figure('search, a common word and a rare status', 'filtered', MOST_SEARCH_MS),
    {
      scene: 'million',
      name: 'memory of the host afterwards (RSS)',
      value: rssMb,
      unit: 'MB',
      target: { text: `≤ ${MOST_RSS_MB}`, met: rssMb <= MOST_RSS_MB },
    },
  ];
};

/** Walks from page to page, as a reader does. @returns the cursor of the page after so many */
async function deepCursor(client: Worker, api: { url: string; token: string }, pages: number) {
  let cursor = '';
  for (let page = 0; page < pages; page++) {
    const path = `/api/tasks?limit=${PAGE}${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const { nextCursor } = await client.ask<{ nextCursor: string }>('once', { ...api, paths: [path] });
    cursor = nextCursor;
  }
  return cursor;
}

/** The rows of the first page, read and parsed without anything of Meanwhile. */
function rawPage(file: string, count: number): Float64Array {
  const database = new DatabaseSync(file, { readOnly: true });
  const statement = database.prepare(`select doc from tasks order by num desc limit ${PAGE}`);
  const durationsMs = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const startedMs = performance.now();
    for (const { doc } of statement.all()) JSON.parse(String(doc));
    durationsMs[index] = performance.now() - startedMs;
  }
  database.close();
  return durationsMs;
}
