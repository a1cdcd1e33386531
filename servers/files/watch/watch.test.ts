import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BatchAwaiter } from '../test/batch-awaiter.ts';
import { type Bench, openBench } from '../test/context.ts';
import { Feed, type FileEvent } from './feed.ts';
import { changeResources, uriOf } from './resources.ts';
import { Watches } from './watches.ts';

let bench: Bench;
let state: string;
let folder: string;
let watches: Watches;
let batches: BatchAwaiter;

beforeEach(() => {
  bench = openBench();
  folder = path.join(bench.inside, 'watched');
  state = path.join(bench.base, 'state');
  mkdirSync(path.join(folder, 'sub'), { recursive: true });
  writeFileSync(at('there'), 'there');
  open();
});
afterEach(async () => {
  await watches.close();
  await bench.close();
});

const at = (...names: string[]) => path.join(folder, ...names);
const shown = (events: readonly FileEvent[]) =>
  events.map(({ type, path: whole, renamedFrom }) =>
    [
      type.slice(5),
      whole.slice(folder.length + 1),
      ...(renamedFrom ? [renamedFrom.slice(folder.length + 1)] : []),
    ].join(' '),
  );
const all = () => watches.get(folder)!.feed!.after(0, 10_000);

function open(settleMs = 60) {
  watches = new Watches({ state, settleMs });
  batches = new BatchAwaiter(watches);
}

async function watch(hidden = false) {
  const verdict = await watches.add(folder, hidden);
  if ('refused' in verdict) throw new Error(verdict.refused);
  return verdict.watch;
}

it('tells what is created, changed, removed and renamed, in folders that are new too', async () => {
  await watch();
  writeFileSync(at('new\nname 🦊'), 'a');
  mkdirSync(at('fresh/deep'), { recursive: true });
  writeFileSync(at('fresh/deep/f'), 'f');
  await batches.until(() => all().length >= 2);
  expect(shown(all()).sort()).toEqual(['created fresh/deep/f', 'created new\nname 🦊']);
  appendFileSync(at('there'), '!');
  await batches.until(() => all().length >= 3);
  renameSync(at('there'), at('sub/moved'));
  await batches.until(() => all().length >= 5);
  rmSync(at('fresh'), { recursive: true });
  await batches.until(() => all().length >= 6);
  expect(shown(all()).slice(2)).toEqual([
    'changed there',
    'removed there',
    'created sub/moved there',
    'removed fresh/deep/f',
  ]);
  expect(all().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(all()[3]).toMatchObject({ size: 6, id: expect.stringMatching(/-4$/) });
});

it('tells a save by way of a temporary file as one change', async () => {
  await watch();
  writeFileSync(at('there.tmp~'), 'saved');
  renameSync(at('there.tmp~'), at('there'));
  await batches.until(() => all().length >= 1);
  writeFileSync(at('end'), '');
  await batches.until(() => all().length >= 2);
  expect(shown(all())).toEqual(['changed there', 'created end']);
});

it('waits until a file that grows has settled', async () => {
  await watches.close();
  open(200);
  await watch();
  for (let n = 0; n < 20; n++) {
    appendFileSync(at('growing'), 'x'.repeat(1_000));
    await new Promise((resolve) => setTimeout(resolve, 20)); // it is the subject: time passes while it grows
  }
  await batches.until(() => all().length >= 1);
  expect(all()).toMatchObject([{ type: 'file.created', size: 20_000 }]);
});

it('tells each of 2,000 files of a burst once', async () => {
  await watch();
  for (let n = 0; n < 2_000; n++) writeFileSync(at('sub', `f${n}`), String(n));
  await batches.until(() => all().length >= 2_000);
  expect(new Set(all().map((event) => event.path)).size).toBe(2_000);
  expect(new Set(all().map((event) => event.id)).size).toBe(2_000);
});

it('leads from its newest events to all that are kept', async () => {
  await watch();
  for (let n = 0; n < 250; n++) writeFileSync(at('sub', `f${n}`), String(n));
  await batches.until(() => all().length >= 250);
  const resources = changeResources(watches);
  const found: FileEvent[] = [];
  let uri: string | undefined = uriOf(folder);
  for (let pages = 0; uri !== undefined && pages < 10; pages++) {
    const text: string = (await resources.read(uri))!.text;
    const content: { events: FileEvent[]; older?: string } = JSON.parse(text);
    found.unshift(...content.events);
    uri = content.older;
  }
  expect(found).toEqual(all());
  expect(await resources.read(`${uriOf(folder)}?before=x`)).toBeUndefined();
});

it('finds after a restart what was missed, once, and keeps ids', async () => {
  await watch();
  writeFileSync(at('seen'), '1');
  await batches.until(() => all().length >= 1);
  const [first] = all();
  await watches.close();
  writeFileSync(at('seen'), '22');
  writeFileSync(at('missed'), '1');
  rmSync(at('there'));
  open();
  await watch();
  await batches.until(() => all().length >= 4);
  expect(all()[0]).toEqual(first);
  expect(shown(all()).slice(1).sort()).toEqual(['changed seen', 'created missed', 'removed there']);
  const before = all();
  await watches.close();
  open();
  await watch();
  writeFileSync(at('end'), '');
  await batches.until(() => all().length >= 5);
  expect(all().slice(0, 4)).toEqual(before);
  expect(shown(all()).slice(4)).toEqual(['created end']);
});

it('finds again what a crash cut off in the middle of writing it down', async () => {
  await watch();
  writeFileSync(at('one'), '1');
  await batches.until(() => all().length >= 1);
  writeFileSync(at('two'), '2');
  await batches.until(() => all().length >= 2);
  const [first] = all();
  await watches.close();
  const [place] = readdirSync(state).filter((name) => !name.endsWith('.lock'));
  const journal = path.join(state, place!, 'events.jsonl');
  truncateSync(journal, readFileSync(journal).length - 10);
  open();
  await watch();
  expect(all()).toEqual([first]);
  await batches.until(() => all().length >= 2);
  expect(shown(all())).toEqual(['created one', 'created two']);
});

it('leaves dot folders out unless asked, and our partial copies always', async () => {
  mkdirSync(at('.git'));
  await watch();
  writeFileSync(at('.git/index'), '1');
  writeFileSync(at('.big.meanwhile-part'), '1');
  writeFileSync(at('.env'), '1');
  await batches.until(() => all().length >= 1);
  expect(shown(all())).toEqual(['created .env']);
  await watches.close();
  open();
  await watch(true);
  writeFileSync(at('.git/HEAD'), '1');
  await batches.until(() => all().length >= 1);
  expect(shown(all())).toEqual(['created .git/HEAD']);
});

it('says when the folder is gone, reports none of its files as removed, and goes on when it is back', async () => {
  const watching = await watch();
  renameSync(folder, `${folder}-aside`);
  await batches.until(() => watching.state === 'gone');
  expect(all()).toEqual([]);
  writeFileSync(`${folder}-aside/while-gone`, '1');
  renameSync(`${folder}-aside`, folder);
  await batches.until(() => all().length >= 1);
  expect(watching.state).toBe('watching');
  writeFileSync(at('after'), '1');
  await batches.until(() => all().length >= 2);
  expect(shown(all())).toEqual(['created while-gone', 'created after']);
});

it('lets no second watcher into the same state', async () => {
  await watch();
  const other = new Watches({ state, settleMs: 60 });
  expect(await other.add(folder, false)).toMatchObject({
    refused: expect.stringContaining(`process ${process.pid}`),
  });
  await other.close();
});

it('keeps a bounded number of events, in memory and on the disk', () => {
  const place = path.join(state, 'feed');
  const feed = Feed.create(place, folder, false, new Map());
  for (let batch = 0; batch < 9; batch++)
    feed.add(
      Array.from({ length: 500 }, (_, n) => ({
        type: 'file.changed',
        path: 'f',
        seen: { size: 500 * batch + n + 1, mtimeMs: 1, ino: 1 },
      })),
      '2026-01-01T00:00:00.000Z',
    );
  expect(feed).toMatchObject({ lastSeq: 4_500, firstSeq: 2_501 });
  feed.close();
  const again = Feed.open(place, folder, false)!;
  expect(again).toMatchObject({ lastSeq: 4_500, firstSeq: 2_501 });
  expect([...again.known]).toEqual([['f', { size: 4_500, mtimeMs: 1, ino: 1 }]]);
  again.close();
});
