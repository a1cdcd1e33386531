import type { Clock } from '../../../base/clock.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store, Unnumbered, Write } from '../../../store/ports.ts';
import type { Message, MessagePart, TurnStep } from '../../../store/records.ts';
import { persist } from '../../../tracker/persist.ts';

/** What is streamed is written in frames of so long: often enough to be read along, seldom enough to cost little. */
const FRAME_MS = 60;

export type StepMessage = Unnumbered<Message> & { readonly turn: TurnStep };

/** The one writer of a step's message. All its writes happen one after the other, each with the newest state. */
export interface StepWriter {
  readonly id: string;
  readonly sessionId: string;
  readonly message: () => StepMessage;
  /** Adds to the last part where it is of this type, else begins a new one; written with the next frame. */
  say(type: 'text' | 'reasoning', delta: string): void;
  /** Changes it in memory; `frame` or `keep` writes it. */
  turn(change: Partial<TurnStep>): void;
  parts(change: (parts: readonly MessagePart[]) => readonly MessagePart[]): void;
  frame(): void;
  /**
   * On disk when it settles, with what is written alongside; tried again for as long as the disk is full.
   * @throws {AppError} `shutting_down`
   */
  keep(alongside?: readonly Write[]): Promise<void>;
}

export function stepWriter(
  store: Pick<Store, 'writer'>,
  clock: Clock,
  log: Logger,
  begun: StepMessage,
): StepWriter {
  let message = begun;
  let writing: Promise<unknown> = Promise.resolve();
  let callOff: (() => void) | undefined;

  const own = (): Write => ({ type: 'message', message });
  function queue(write: () => Promise<unknown>): Promise<void> {
    const done = writing.then(write);
    writing = done.catch(() => {});
    return done.then(() => {});
  }

  function frame() {
    callOff ??= clock.after(FRAME_MS, () => {
      callOff = undefined;
      queue(() => store.writer.commit([own()], 'quick')).catch((error) =>
        log.warn(
          { err: error, message: message.id },
          'a frame of an answer was not written; the next one has it all',
        ),
      );
    });
  }

  return {
    id: begun.id,
    sessionId: begun.sessionId,
    message: () => message,
    say(type, delta) {
      const last = message.parts.at(-1);
      const parts =
        last?.type === type
          ? [...message.parts.slice(0, -1), { type, text: last.text + delta }]
          : [...message.parts, { type, text: delta }];
      message = { ...message, parts };
      frame();
    },
    turn(change) {
      message = { ...message, turn: { ...message.turn, ...change } };
    },
    parts(change) {
      message = { ...message, parts: change(message.parts) };
    },
    frame,
    keep(alongside = []) {
      callOff?.();
      callOff = undefined;
      return queue(() =>
        persist(
          () => store.writer.commit([own(), ...alongside], 'durable'),
          clock,
          log,
          `the step ${message.id}`,
        ),
      );
    },
  };
}
