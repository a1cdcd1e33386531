import { type Clock, isoNow } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import type { Store, Unnumbered, Write } from '../store/ports.ts';
import type { Handle, LogLine } from '../task/report.ts';
import type { Task } from '../task/task.ts';

const SHORTEST_FRAME_MS = 16;
const LONGEST_FRAME_MS = 100;
/** A frame waits this many times as long as the write before it took, so that writing stays a small share. */
const REST_FACTOR = 4;
/** Log lines kept per task and frame; a flood beyond it is counted, not kept. */
const LINES_PER_FRAME = 500;

/** A log takes a task's newest message at most this often, and always the last one. */
const MESSAGE_EVERY_MS = 1_000;

/** Coalesces progress: however many updates come, a frame writes one newest state per task, in one commit. */
export interface FrameWriter {
  /** This task's state in memory is newer than what is kept. */
  touch(taskId: string): void;
  /** How to find this task's work again has changed. */
  handle(taskId: string, handle: Handle | null): void;
  /** What is still to be written of it, to be written by other means. */
  takeHandle(taskId: string): Handle | null | undefined;
  /** The state of this task is being written by other means. */
  settled(taskId: string): void;
  log(taskId: string, lines: readonly LogLine[]): void;
  close(): Promise<void>;
}

export function frameWriter(parts: {
  store: Store;
  clock: Clock;
  log: Logger;
  current: (taskId: string) => Unnumbered<Task> | undefined;
}): FrameWriter {
  const { store, clock, log, current } = parts;
  const dirty = new Set<string>();
  const handles = new Map<string, Handle | null>();
  const lines = new Map<string, { kept: { at: string; line: LogLine }[]; dropped: number }>();
  /** Tasks that hand over their output: their messages only repeat it. */
  const withOutput = new Set<string>();
  const lastMessage = new Map<string, { readonly text: string; readonly atMs: number }>();
  let frameMs = SHORTEST_FRAME_MS;
  let callOff: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();
  let closed = false;

  function schedule() {
    if (callOff !== undefined || closed) return;
    callOff = clock.after(frameMs, () => {
      callOff = undefined;
      writing = writing.then(flush);
    });
  }

  async function flush(): Promise<void> {
    const startedMs = clock.now();
    const writes: Write[] = [];
    for (const taskId of dirty) {
      const task = current(taskId);
      if (task === undefined) continue;
      writes.push({ type: 'task', task, handle: handles.get(taskId) });
      noteMessage(task);
    }
    const logged = [...lines].flatMap(([taskId, { kept, dropped }]) => [
      ...kept.map(({ at, line }) => ({ taskId, at, kind: line.kind, text: line.text })),
      ...(dropped === 0
        ? []
        : [
            {
              taskId,
              at: isoNow(clock),
              kind: 'output' as const,
              text: `… ${dropped} lines not kept (too fast)`,
            },
          ]),
    ]);
    dirty.clear();
    handles.clear();
    lines.clear();
    try {
      if (writes.length > 0) await store.writer.commit(writes, 'quick');
      if (logged.length > 0) await store.log.append(logged);
    } catch (error) {
      // Progress may be lost, ends never: the next update of these tasks brings their newest state again.
      log.warn({ err: error, tasks: writes.length }, 'could not save progress');
    }
    const tookMs = clock.now() - startedMs;
    frameMs = Math.min(LONGEST_FRAME_MS, Math.max(SHORTEST_FRAME_MS, tookMs * REST_FACTOR));
    if (dirty.size > 0 || lines.size > 0) schedule();
  }

  function noteMessage(task: Unnumbered<Task>) {
    const text = task.progress?.message;
    const last = lastMessage.get(task.id);
    const atMs = clock.now();
    if (text === undefined || text === last?.text || withOutput.has(task.id)) return;
    if (task.endedAt === undefined && last !== undefined && atMs - last.atMs < MESSAGE_EVERY_MS) return;
    lastMessage.set(task.id, { text, atMs });
    push(task.id, { kind: 'progress', text });
  }

  function push(taskId: string, line: LogLine) {
    const entry = lines.get(taskId) ?? { kept: [], dropped: 0 };
    if (entry.kept.length < LINES_PER_FRAME) entry.kept.push({ at: isoNow(clock), line });
    else entry.dropped += 1;
    lines.set(taskId, entry);
  }

  return {
    touch(taskId) {
      dirty.add(taskId);
      schedule();
    },
    handle(taskId, handle) {
      handles.set(taskId, handle);
      dirty.add(taskId);
      schedule();
    },
    takeHandle(taskId) {
      const handle = handles.get(taskId);
      handles.delete(taskId);
      return handle;
    },
    settled(taskId) {
      dirty.delete(taskId);
      const task = current(taskId);
      if (task === undefined) return;
      noteMessage(task);
      if (task.endedAt === undefined) return;
      lastMessage.delete(taskId);
      withOutput.delete(taskId);
    },
    log(taskId, added) {
      for (const line of added) push(taskId, line);
      if (added.some(({ kind }) => kind === 'output')) withOutput.add(taskId);
      if (added.length > 0) schedule();
    },
    async close() {
      closed = true;
      callOff?.();
      await writing;
      await flush();
    },
  };
}
