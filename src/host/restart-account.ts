import { type Clock, isoNow } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Store } from '../store/ports.ts';
import type { Task } from '../task/task.ts';
import type { Restart } from '../views/api/contract/types.ts';

/** Older tasks than these are counted, not listed. */
const LISTED = 200;

/** What a stop leaves for the next start. Without one, the host was killed. */
interface StopMark {
  readonly id: string;
  readonly how: Restart['how'];
  readonly at: string;
  readonly tasks: readonly string[];
  readonly calls: readonly string[];
}

type Listed = { readonly id: string; readonly fate: Restart['tasks'][number]['fate'] };
type Account = Omit<Restart, 'tasks'> & { readonly tasks: readonly Listed[] };

/**
 * Accounts for every task that was active when the host stopped, over all restarts until somebody puts the account
 * away. The order makes it whole whenever the host is killed: first who was active is noted, then their ends are
 * written, then the account, and the mark goes only when pages are served.
 */
export interface RestartAccounts {
  /** Notes who was active; before their ends are written. */
  begin(): Promise<void>;
  /** Writes the account; once the work is recovered. */
  account(): Promise<void>;
  /** The start has succeeded: what stops now is another stop. */
  served(): Promise<void>;
  /** The host is being stopped, and what runs will be cut off or left to itself. */
  stopping(): Promise<void>;
  /** Id of the account that nobody put away yet. */
  current(): string | null;
  read(): Promise<Restart | null>;
  dismiss(): Promise<void>;
}

export function createRestartAccounts(store: Store, clock: Clock): RestartAccounts {
  const { notes, tasks } = store;
  /** Each host accounts for its own work. */
  const scope = store.hosts === undefined ? 'host' : `host ${store.hosts.id}`;
  let mark: StopMark | undefined;
  let id: string | null = null;
  const kept = async () => (await notes.get(scope, 'restart')) as Account | undefined;

  async function active() {
    const [left, messages] = await Promise.all([tasks.active(), store.messages.openCalls()]);
    const calls = messages.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'call' && part.state === 'open' ? [part] : [])),
    );
    return { left, calls };
  }

  return {
    async begin() {
      id = (await kept())?.id ?? null;
      const { left, calls } = await active();
      const before = (await notes.get(scope, 'stop')) as StopMark | undefined;
      const signs = [...left.map(({ aliveAt }) => aliveAt), ...calls.map(({ startedAt }) => startedAt)];
      mark = {
        id: before?.id ?? newId('req'),
        how: before?.how ?? 'killed',
        at: before?.at ?? signs.sort().at(-1) ?? isoNow(clock),
        tasks: union(before?.tasks ?? [], left.map(idOf)),
        calls: union(
          before?.calls ?? [],
          calls.map(({ callId }) => callId),
        ),
      };
      if (mark.tasks.length + mark.calls.length > 0) await notes.put(scope, 'stop', mark);
    },
    async account() {
      if (mark === undefined || mark.tasks.length + mark.calls.length === 0) return;
      const before = await kept();
      // A start that failed after its account was written is begun again with the same mark.
      const isSame = before?.id === mark.id;
      const earlier = before?.tasks ?? [];
      const ids = union(mark.tasks, earlier.map(idOf)).sort().reverse();
      const found = await Promise.all(ids.slice(0, LISTED).map((task) => tasks.get(task)));
      const known = new Map(earlier.map(({ id, fate }) => [id, fate]));
      const stopped = new Set(mark.tasks);
      const account: Account = {
        id: mark.id,
        how: mark.how,
        stoppedAt: mark.at,
        startedAt: isoNow(clock),
        restarts: (before?.restarts ?? 0) + (isSame ? 0 : 1),
        tasks: found.flatMap((task) => {
          if (task === undefined) return [];
          const fate = stopped.has(task.id) ? undefined : known.get(task.id);
          return [{ id: task.id, fate: fate ?? fateFound(task) }];
        }),
        more: Math.max(0, ids.length - LISTED) + (isSame ? 0 : (before?.more ?? 0)),
        calls: isSame ? (before?.calls ?? 0) : mark.calls.length + (before?.calls ?? 0),
      };
      await notes.put(scope, 'restart', account);
      id = account.id;
    },
    async served() {
      mark = undefined;
      await notes.remove(scope, 'stop');
    },
    async stopping() {
      const { left, calls } = await active();
      const stop: StopMark = {
        id: newId('req'),
        how: 'stopped',
        at: isoNow(clock),
        tasks: left.map(idOf),
        calls: calls.map(({ callId }) => callId),
      };
      await notes.put(scope, 'stop', stop);
    },
    current: () => id,
    async read() {
      const account = await kept();
      if (account === undefined) return null;
      const now = await Promise.all(account.tasks.map((listed) => tasks.get(listed.id)));
      return {
        ...account,
        tasks: account.tasks.flatMap(({ fate }, at) => {
          const task = now[at];
          return task === undefined ? [] : [{ fate, task: task as Restart['tasks'][number]['task'] }];
        }),
      };
    },
    async dismiss() {
      await notes.remove(scope, 'restart');
      id = null;
    },
  };
}

function fateFound(task: Task): Listed['fate'] {
  if (task.endedAt === undefined) return 'reattached';
  if (task.status === 'lost') return 'lost';
  return task.failure?.reason === 'interrupted' ? 'interrupted' : 'ended';
}

const idOf = ({ id }: { readonly id: string }): string => id;
const union = (...lists: (readonly string[])[]): string[] => [...new Set(lists.flat())];
