import type { SessionUpdate } from '@agentclientprotocol/sdk';
import { toMessage } from '../../../runtime/output/clean.ts';
import type { Progress } from '../../../runtime/work.ts';

/** What an ACP agent has told of its turn so far. */
export interface Told {
  /** How far its plan is. */
  readonly plan?: { readonly value: number; readonly total: number };
  /** Titles of its tool calls by their ids; an update may leave them out. */
  readonly calls: ReadonlyMap<string, { readonly title: string; readonly kind: string }>;
}

export const NOTHING_TOLD: Told = { calls: new Map() };

/** What an update means to others. */
export interface Reading {
  readonly told: Told;
  readonly progress?: Progress;
  /** For the log: a piece of what it says, or a whole line about what it does. */
  readonly text?: string;
  readonly line?: string;
}

/** Reads one `session/update`. What it thinks, and what it costs, is a sign of life and no more. */
export function readUpdate(told: Told, update: SessionUpdate): Reading {
  switch (update.sessionUpdate) {
    case 'plan': {
      const { entries } = update;
      const value = entries.filter(({ status }) => status === 'completed').length;
      const current =
        entries.find(({ status }) => status === 'in_progress') ??
        entries.find(({ status }) => status === 'pending') ??
        entries.at(-1);
      if (current === undefined) return { told: { calls: told.calls } };
      const plan = { value, total: entries.length };
      return { told: { ...told, plan }, progress: progressOf(plan, current.content) };
    }
    case 'tool_call':
    case 'tool_call_update': {
      const known = told.calls.get(update.toolCallId);
      const title = update.title ?? known?.title ?? 'a tool';
      const kind = update.kind ?? known?.kind ?? 'other';
      const calls = new Map(told.calls).set(update.toolCallId, { title, kind });
      const isEnd = update.status === 'completed' || update.status === 'failed';
      if (isEnd) calls.delete(update.toolCallId);
      const isNew = known === undefined;
      const line = `[${kind}] ${toMessage(title)}${isEnd ? `: ${update.status}` : ''}\n`;
      return {
        told: { ...told, calls },
        progress: progressOf(told.plan, `${title} (${[kind, statusWord(update.status)].join(', ')})`),
        ...((isNew || isEnd) && { line }),
      };
    }
    case 'agent_message_chunk':
      return update.content.type === 'text' ? { told, text: update.content.text } : { told };
    default:
      return { told };
  }
}

/** A message, beside how far the plan is. */
export function progressOf(plan: Told['plan'], message: string): Progress {
  return { message: toMessage(message), ...(plan && { ...plan, phase: 'plan', unit: 'steps' }) };
}

const statusWord = (status: string | null | undefined): string => (status ?? 'pending').replace('_', ' ');
