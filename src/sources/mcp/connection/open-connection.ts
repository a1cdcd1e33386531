import type { ServerEntry } from '../../server-entry.ts';
import type { WireTap } from '../wire/wire-tap.ts';
import { attemptToConnect, type ConnectHooks, type Opened, type Way } from './attempt.ts';
import { inWords, isNoStreamableHttp, isRefusal, isUnreachable } from './connect-errors.ts';
import type { Negotiations, Verdict } from './negotiation.ts';

const LIST_MS = 10_000;
const LEGACY = { kind: 'legacy' } as const;

/** A connection, and when the way in which it speaks was found out. */
export interface Negotiated extends Opened {
  readonly negotiatedAt: string;
}

/**
 * Connects to one server: as it was found to speak the last time, or by finding out.
 * @param entry expanded: no `${VAR}` left
 * @throws {SignInNeeded} when the server waits for a person
 * @throws {Error} what went wrong, in words; nothing is left of the attempt
 */
export async function openConnection(
  name: string,
  entry: ServerEntry,
  hooks: ConnectHooks & { readonly negotiations: Negotiations },
): Promise<Negotiated> {
  const { negotiations, signal } = hooks;
  const attempt = (way: Way) => attemptToConnect(name, entry, way, hooks);
  try {
    const kept = await negotiations.recall(name, entry);
    const again = kept && (await asBefore(kept));
    if (again !== undefined) return again;
    const opened = await negotiate(entry, attempt);
    const { at } = await negotiations.remember(name, entry, verdictOn(opened));
    return { ...opened, negotiatedAt: at };
  } catch (error) {
    throw inWords(error, entry, hooks.authorization?.asksPerson);
  }

  /** The connection, or nothing when the server does not speak so any more. */
  async function asBefore({ transport, prior, at }: Verdict): Promise<Negotiated | undefined> {
    try {
      return { ...(await attempt({ kind: transport, era: prior })), negotiatedAt: at };
    } catch (error) {
      if (signal.aborted || isUnreachable(error) || isRefusal(error)) throw error;
      await negotiations.forget(name);
      return undefined;
    }
  }
}

/** Finds out how a server speaks. */
async function negotiate(entry: ServerEntry, attempt: (way: Way) => Promise<Opened>): Promise<Opened> {
  if (entry.type === 'sse') return attempt({ kind: 'sse', era: LEGACY });
  if (entry.url === undefined) return withItsTasks(await attempt({ kind: 'stdio', era: 'ask' }), attempt);
  let opened: Opened;
  try {
    opened = await attempt({ kind: 'http', era: 'ask' });
  } catch (error) {
    if (!isNoStreamableHttp(error)) throw error;
    return attempt({ kind: 'sse', era: LEGACY }).catch((alsoNot) => {
      throw isRefusal(alsoNot) ? alsoNot : error;
    });
  }
  return withItsTasks(opened, attempt);
}

/**
 * A proxy may answer as a modern server and hide the tasks of the old one behind it, whose tools then refuse to
 * be called without them. Spoken to in the old way it shows them.
 */
async function withItsTasks(opened: Opened, attempt: (way: Way) => Promise<Opened>): Promise<Opened> {
  const { client, generation, kind, tap } = opened.connection;
  const discover = client.getDiscoverResult();
  const isPlain = discover !== undefined && generation === 'plain' && opened.tools.length > 0;
  if (!isPlain || !(await insistOnTasks(tap))) return opened;
  await opened.close();
  return attempt({ kind, era: LEGACY }).catch(() => attempt({ kind, era: { kind: 'modern', discover } }));
}

/** Whether a tool can be called as a task only. The SDK takes this out of what a modern server says. */
async function insistOnTasks(tap: WireTap): Promise<boolean> {
  const answer = await tap.request('tools/list', {}, { timeoutMs: LIST_MS }).catch(() => undefined);
  const tools = Array.isArray(answer?.tools) ? answer.tools : [];
  return tools.some((tool) => tool?.execution?.taskSupport === 'required');
}

function verdictOn({ connection: { client, kind } }: Opened): Omit<Verdict, 'at'> {
  const discover = client.getDiscoverResult();
  return { transport: kind, prior: discover === undefined ? LEGACY : { kind: 'modern', discover } };
}
