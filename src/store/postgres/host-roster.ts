import type { Clock } from '../../base/clock.ts';
import { AppError, isErrorCode } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Estate, HostEvents, HostRequest, HostRoster } from '../ports.ts';
import type { HostChannel } from './host-channel.ts';
import { MOST_BYTES } from './host-channel.ts';
import { beat, goneHosts, holding, joinHosts, LAPSE_MS } from './host-lease.ts';
import type { Fence } from './postgres-database.ts';

const BEAT_MS = 1_500;
const ANSWER_WAIT_MS = 10_000;

interface Asked {
  readonly type: 'ask';
  readonly to: string;
  readonly from: string;
  readonly id: string;
  readonly request: HostRequest;
}

interface Answered {
  readonly type: 'answer';
  readonly to: string;
  readonly id: string;
  readonly error?: { readonly code: string; readonly detail: string };
}

/** What hosts tell each other about their work; what they tell of commits is not among it. */
export type HostLetter = Asked | Answered;

export interface OpenRoster extends HostRoster {
  /** Something was told over the channel. */
  heard(letter: HostLetter): void;
}

/**
 * Beats from the beginning; once it is opened, it looks who is gone, and takes over from them.
 * @param fence who we are for the database; a host that was taken for gone joins anew with another epoch
 */
export function createRoster(parts: {
  channel: HostChannel;
  fence: { current: Fence };
  place: string;
  takeOver: (gone: string) => Promise<Estate>;
  clock: Clock;
}): OpenRoster {
  const { channel, fence, place, takeOver, clock } = parts;
  const id = fence.current.host;
  const answers = new Map<string, (answer: Answered) => void>();
  let here: readonly string[] = [id];
  let callOff = () => {};
  let beating: Promise<void> | undefined;
  let takingOver: Promise<void> | undefined;
  let events: HostEvents | undefined;
  let isClosed = false;
  let lastBeatMs = clock.now();

  async function look(): Promise<void> {
    const seen = await beat(channel, id, fence.current.epoch);
    here = seen.here.includes(id) ? seen.here : [...seen.here, id].sort();
    if (!seen.isHere) {
      // This waits for whoever takes over, so that what is read anew is what it has written.
      const epoch = await joinHosts(channel, id, place);
      await events?.lapsed();
      fence.current = { host: id, epoch };
    }
    lastBeatMs = clock.now();
    // Apart from the beat: to take over much may take longer than a beat.
    takingOver ??= inherit()
      .catch(() => {})
      .finally(() => {
        takingOver = undefined;
      });
  }

  async function inherit(): Promise<void> {
    if (events === undefined) return;
    for (const other of await goneHosts(channel, id)) {
      const { gone } = events ?? {};
      if (gone === undefined) return;
      await holding(channel, other, async () => gone(await takeOver(other), other));
    }
  }

  function beatNow(): void {
    if (isClosed) return;
    // What goes wrong goes wrong again at the next beat, or mends itself; others then take us for gone.
    beating = look()
      .catch(() => {})
      .finally(() => {
        if (!isClosed) callOff = clock.after(BEAT_MS, beatNow);
      });
  }

  async function answer({ from, id: re, request }: Asked): Promise<void> {
    const error = await Promise.resolve(events?.asked(request)).then(
      () => undefined,
      (reason: unknown) =>
        reason instanceof AppError
          ? { code: reason.code, detail: reason.detail.slice(0, 2_000) }
          : { code: 'internal', detail: 'The host that works on it could not do that.' },
    );
    const letter: Answered = { type: 'answer', to: from, id: re, ...(error && { error }) };
    await channel.tell(JSON.stringify(letter)).catch(() => {}); // who asked hears that no answer came
  }

  beatNow();
  return {
    id,
    here: () => (clock.now() - lastBeatMs > LAPSE_MS ? [id] : here),
    open(given) {
      events = given;
    },
    async ask(host, request) {
      const letter: Asked = { type: 'ask', to: host, from: id, id: newId('req'), request };
      const text = JSON.stringify(letter);
      if (Buffer.byteLength(text) > MOST_BYTES)
        throw new AppError(
          'body_too_large',
          'This is too long to be handed to the host that works on it. Use the page of that host.',
        );
      const answered = Promise.withResolvers<Answered>();
      answers.set(letter.id, answered.resolve);
      const off = clock.after(ANSWER_WAIT_MS, () =>
        answered.reject(
          new AppError('server_unavailable', 'The host that works on this does not answer. Try again.'),
        ),
      );
      try {
        await channel.tell(text);
        const { error } = await answered.promise;
        if (error !== undefined)
          throw new AppError(isErrorCode(error.code) ? error.code : 'internal', error.detail);
      } finally {
        off();
        answers.delete(letter.id);
      }
    },
    heard(letter) {
      if (letter.to !== id) return;
      if (letter.type === 'answer') answers.get(letter.id)?.(letter);
      else void answer(letter);
    },
    async close() {
      isClosed = true;
      events = undefined;
      callOff();
      await beating;
      await takingOver;
    },
  };
}
