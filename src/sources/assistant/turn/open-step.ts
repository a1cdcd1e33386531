import type { TurnStep } from '../../../store/records.ts';
import type { StepWriter } from './step-writer.ts';

export type Consent = 'allowed' | 'declined' | 'passed over' | 'left';

/** A step that goes on: its message, and what may happen to it from outside. */
export interface OpenStep {
  readonly writer: StepWriter;
  readonly cause: TurnStep['cause'];
  readonly signal: AbortSignal;
  /** A person's word on a use that waits for it. */
  consent(callId: string): Promise<Consent>;
  /** Settles when the step is to end: stopped by a person, or left to the next start of the host. */
  readonly leaving: Promise<'stopped' | 'left'>;
  stopped(): boolean;
  isLeft(): boolean;
  /** Settles when a person has said something: what runs long is waited for no longer. */
  readonly spokenTo: Promise<void>;
}

/** The same, with the ways to make it happen. */
export interface SteeredStep extends OpenStep {
  /** @returns whether the use has been waiting for it */
  decide(callId: string, consent: Consent): boolean;
  stop(): void;
  leave(): void;
  speak(): void;
}

export function openStep(writer: StepWriter, cause: TurnStep['cause']): SteeredStep {
  const abort = new AbortController();
  const leaving = Promise.withResolvers<'stopped' | 'left'>();
  const spokenTo = Promise.withResolvers<void>();
  const consents = new Map<string, PromiseWithResolvers<Consent>>();
  let state: 'open' | 'stopped' | 'left' = 'open';

  const consentTo = (callId: string) => {
    const found = consents.get(callId) ?? Promise.withResolvers<Consent>();
    consents.set(callId, found);
    return found;
  };
  function end(how: 'stopped' | 'left') {
    if (state !== 'open') return;
    state = how;
    abort.abort(how);
    leaving.resolve(how);
    for (const consent of consents.values()) consent.resolve(how === 'left' ? 'left' : 'declined');
  }

  return {
    writer,
    cause,
    signal: abort.signal,
    leaving: leaving.promise,
    spokenTo: spokenTo.promise,
    consent(callId) {
      const { promise, resolve } = consentTo(callId);
      if (state !== 'open') resolve(state === 'left' ? 'left' : 'declined');
      return promise;
    },
    stopped: () => state === 'stopped',
    isLeft: () => state === 'left',
    decide(callId, consent) {
      if (state !== 'open') return false;
      consentTo(callId).resolve(consent);
      return true;
    },
    stop: () => end('stopped'),
    leave: () => end('left'),
    speak: spokenTo.resolve,
  };
}
