import type { Clock } from '../../../base/clock.ts';
import { isoNow } from '../../../base/clock.ts';
import type { SourceNotes } from '../../../store/ports.ts';
import type { Cancel, CancelAnswer } from '../../../task/task.ts';
import type { ToolSeen } from '../../source.ts';

const SCOPE = 'tool';
const CANCELS_KEPT = 10;
/** A tool that ended by itself this soon after it was asked to stop did not show whether it listens. */
const TOO_SOON_MS = 2_000;
/** So many requests in a row without effect make a tool one that does not stop. */
const IGNORED_IN_A_ROW = 2;

/** What a tool was seen to do, over all its calls. */
export type ToolRecord = ToolSeen;

/** What is seen of a tool during one call. */
export interface Seen {
  readonly progress: boolean;
  readonly totals: boolean;
  readonly asked: boolean;
  readonly cancel?: { readonly answer: CancelAnswer; readonly ms: number };
}

/** The record of every tool: evidence for whether Cancel works, kept from run to run. */
export interface ToolRecords {
  load(): Promise<void>;
  of(server: string, tool: string): ToolRecord;
  note(server: string, tool: string, seen: Seen): Promise<void>;
}

export function createToolRecords(notes: SourceNotes, clock: Clock): ToolRecords {
  const records = new Map<string, ToolRecord>();
  const keyOf = (server: string, tool: string) => `${server}.${tool}`;
  const of = (server: string, tool: string) => records.get(keyOf(server, tool)) ?? { cancels: [] };

  return {
    async load() {
      for (const { key, note } of await notes.all(SCOPE)) records.set(key, note as ToolRecord);
    },
    of,
    async note(server, tool, seen) {
      const before = of(server, tool);
      const after = withSeen(before, seen, isoNow(clock));
      if (after === before) return;
      records.set(keyOf(server, tool), after);
      await notes.put(SCOPE, keyOf(server, tool), after);
    },
  };
}

/** The record with what one call showed; the same record when it showed nothing new. */
export function withSeen(record: ToolRecord, seen: Seen, at: string): ToolRecord {
  const { cancel } = seen;
  const shown = cancel !== undefined && !(cancel.answer === 'ignored' && cancel.ms < TOO_SOON_MS);
  const news =
    shown ||
    (seen.progress && record.reportsProgress === undefined) ||
    (seen.totals && record.hasTotals === undefined) ||
    (seen.asked && record.asks === undefined);
  if (!news) return record;
  return {
    ...record,
    ...(seen.progress ? { reportsProgress: true } : {}),
    ...(seen.totals ? { hasTotals: true } : {}),
    ...(seen.asked ? { asks: true } : {}),
    cancels: shown ? [{ at, ...cancel }, ...record.cancels].slice(0, CANCELS_KEPT) : record.cancels,
  };
}

/**
 * How far a tool can be stopped, from evidence: what `mcp.json` says comes first, then what this very tool did
 * before, then what its server declares.
 */
export function cancelSupport(evidence: {
  readonly configured?: Cancel['support'];
  readonly record: ToolRecord;
  readonly declared: boolean;
}): Cancel['support'] {
  const { configured, record, declared } = evidence;
  if (configured !== undefined) return configured;
  const newest = record.cancels.slice(0, IGNORED_IN_A_ROW);
  if (newest.length === IGNORED_IN_A_ROW && newest.every(({ answer }) => answer === 'ignored')) return 'none';
  return declared || newest[0]?.answer === 'stopped' ? 'confirmed' : 'request';
}
