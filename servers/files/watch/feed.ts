import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import type { Change } from './changes.ts';
import type { Seen } from './seen.ts';

const KEEP_EVENTS = 2_000;
const MOST_EVENTS = 2 * KEEP_EVENTS;

/** One event, as it is reported. */
const EVENT = z.object({
  seq: z.int().positive().describe('Increases by 1 within this folder'),
  id: z.string().describe('The same for ever, also after a restart'),
  type: z.enum(['file.created', 'file.changed', 'file.removed']),
  path: z.string().describe('Absolute'),
  size: z.int().nonnegative().describe('In bytes; of a removed file as it was last known'),
  mtime: z.string().describe('ISO 8601, UTC; of a removed file as it was last known'),
  at: z.string().describe('When it was found, ISO 8601, UTC'),
  renamedFrom: z.string().optional().describe('Of a created file: its path before, when it was renamed'),
});
export const FILE_EVENT = EVENT;
export type FileEvent = z.infer<typeof EVENT>;

const KEPT_EVENT = EVENT.extend({ ino: z.number(), mtimeMs: z.number() });
type KeptEvent = z.infer<typeof KEPT_EVENT>;
const SNAPSHOT = z.object({
  id: z.string(),
  folder: z.string(),
  hidden: z.boolean(),
  seq: z.int().nonnegative(),
  files: z.array(z.tuple([z.string(), z.number(), z.number(), z.number()])),
});

/**
 * What is known of one watched folder and what happened in it, kept in a folder of its own: `snapshot.json` (the
 * files up to a seq) and `events.jsonl` (what happened since, and some before). An event is on the disk before
 * anybody hears of it. What was not written yet is found again as a difference, so each comes once.
 */
export class Feed {
  readonly known: Map<string, Seen>;
  readonly #place: string;
  readonly #folder: string;
  readonly #hidden: boolean;
  readonly #id: string;
  #events: KeptEvent[];
  #fd: number;

  private constructor(place: string, folder: string, hidden: boolean, kept: Kept) {
    this.#place = place;
    this.#folder = folder;
    this.#hidden = hidden;
    this.#id = kept.id;
    this.known = kept.known;
    this.#events = kept.events;
    this.#compact(kept.seq);
    this.#fd = openSync(this.#file('events.jsonl'), 'a', 0o600);
  }

  /** What was kept of a folder; `undefined` when it is new, or what was kept cannot be read or was kept otherwise. */
  static open(place: string, folder: string, hidden: boolean): Feed | undefined {
    const kept = load(place, folder, hidden);
    return kept && new Feed(place, folder, hidden, kept);
  }

  /** Begins anew: what is there now is where it starts from, and no event. */
  static create(place: string, folder: string, hidden: boolean, known: Map<string, Seen>): Feed {
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true, mode: 0o700 });
    return new Feed(place, folder, hidden, { id: randomUUID(), known, events: [], seq: 0 });
  }

  get lastSeq(): number {
    return this.#events.at(-1)?.seq ?? this.#seq;
  }

  /** Of the events that are still kept; one more than `lastSeq` when there are none. */
  get firstSeq(): number {
    return this.#events[0]?.seq ?? this.lastSeq + 1;
  }

  /** Events after a seq, the oldest first. */
  after(seq: number, limit: number): FileEvent[] {
    return this.#events
      .filter((event) => event.seq > seq)
      .slice(0, limit)
      .map(reported);
  }

  /** The newest events, or the newest before a seq; the oldest of them first. */
  newest(limit: number, before = Number.POSITIVE_INFINITY): FileEvent[] {
    const events =
      before === Number.POSITIVE_INFINITY ? this.#events : this.#events.filter(({ seq }) => seq < before);
    return events.slice(-limit).map(reported);
  }

  /** Writes changes down; from then on they are known. @param at ISO 8601, UTC */
  add(changes: readonly Change[], at: string): void {
    let seq = this.lastSeq;
    const events = changes.map(({ type, path: inside, seen, renamedFrom }): KeptEvent => {
      seq++;
      return {
        seq,
        id: `${this.#id}-${seq}`,
        type,
        path: `${this.#folder}/${inside}`,
        size: seen.size,
        mtime: new Date(seen.mtimeMs).toISOString(),
        at,
        ...(renamedFrom !== undefined && { renamedFrom: `${this.#folder}/${renamedFrom}` }),
        ino: seen.ino,
        mtimeMs: seen.mtimeMs,
      };
    });
    writeFileSync(this.#fd, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    fsyncSync(this.#fd);
    for (const event of events) {
      apply(this.known, this.#folder, event);
      this.#events.push(event);
    }
    if (this.#events.length <= MOST_EVENTS) return;
    closeSync(this.#fd);
    this.#compact(this.lastSeq);
    this.#fd = openSync(this.#file('events.jsonl'), 'a', 0o600);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #seq = 0;

  /** The snapshot first: an event that it holds already does no harm in the other file. */
  #compact(seq: number): void {
    this.#seq = seq;
    const files = [...this.known].map(([inside, { size, mtimeMs, ino }]) => [inside, size, mtimeMs, ino]);
    const snapshot = { id: this.#id, folder: this.#folder, hidden: this.#hidden, seq, files };
    replace(this.#file('snapshot.json'), JSON.stringify(snapshot));
    this.#events = this.#events.slice(-KEEP_EVENTS);
    replace(this.#file('events.jsonl'), this.#events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }

  #file(name: string): string {
    return path.join(this.#place, name);
  }
}

interface Kept {
  readonly id: string;
  readonly known: Map<string, Seen>;
  readonly events: KeptEvent[];
  readonly seq: number;
}

function load(place: string, folder: string, hidden: boolean): Kept | undefined {
  let snapshot: z.infer<typeof SNAPSHOT>;
  try {
    snapshot = SNAPSHOT.parse(JSON.parse(readFileSync(path.join(place, 'snapshot.json'), 'utf8')));
  } catch {
    return undefined;
  }
  if (snapshot.folder !== folder || snapshot.hidden !== hidden) return undefined;
  const known = new Map(
    snapshot.files.map(([inside, size, mtimeMs, ino]) => [inside, { size, mtimeMs, ino }] as const),
  );
  const events = readEvents(path.join(place, 'events.jsonl'));
  for (const event of events) if (event.seq > snapshot.seq) apply(known, folder, event);
  return { id: snapshot.id, known, events, seq: Math.max(snapshot.seq, events.at(-1)?.seq ?? 0) };
}

/** Up to the first line that is not whole, which a crash may leave at the end. */
function readEvents(file: string): KeptEvent[] {
  const events: KeptEvent[] = [];
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return events;
  }
  for (const line of text.split('\n').slice(0, -1)) {
    try {
      events.push(KEPT_EVENT.parse(JSON.parse(line)));
    } catch {
      break;
    }
  }
  return events;
}

function apply(
  known: Map<string, Seen>,
  folder: string,
  { type, path: whole, size, mtimeMs, ino }: KeptEvent,
): void {
  const inside = whole.slice(folder.length + 1);
  if (type === 'file.removed') known.delete(inside);
  else known.set(inside, { size, mtimeMs, ino });
}

const reported = ({ ino: _ino, mtimeMs: _mtimeMs, ...event }: KeptEvent): FileEvent => event;

function replace(file: string, text: string): void {
  const part = `${file}.part`;
  const fd = openSync(part, 'w', 0o600);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(part, file);
}
