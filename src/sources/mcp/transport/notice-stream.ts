import { isEventStream, untilItsEnd } from './stream-end.ts';

/**
 * `none`: the server offers no such stream. `broken`: it ended, and the SDK tries to take it up again, a few times.
 * `refused`: it was not given again.
 */
export type NoticeStreamState = 'unknown' | 'none' | 'open' | 'broken' | 'refused';

/**
 * The stream over which a server of Streamable HTTP, before 2026-07-28, says what belongs to no request. Its breaks
 * are silent: the SDK gives up after a few tries, and the connection goes on without.
 */
export interface NoticeStream {
  readonly state: NoticeStreamState;
  onChange(listener: (state: NoticeStreamState) => void): () => void;
}

/** Watches the stream as it is asked for (`GET`) and answered. */
export function watchNoticeStream(): NoticeStream & {
  answered(response: Response, init: RequestInit | undefined): Response;
  failed(): void;
} {
  const listeners = new Set<(state: NoticeStreamState) => void>();
  let state: NoticeStreamState = 'unknown';
  const set = (next: NoticeStreamState) => {
    state = next;
    for (const listener of [...listeners]) listener(next);
  };

  return {
    get state() {
      return state;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    answered(response, init) {
      // Streams of calls are taken up by GET too, always after an event; this one is only then when it was broken off.
      const isAfterEvent = new Headers(init?.headers).has('last-event-id');
      if (isAfterEvent && state !== 'broken' && state !== 'refused') return response;
      if (response.status === 405 && !isAfterEvent) set('none');
      else if (response.status === 409)
        set('open'); // there is one already
      else if (!isEventStream(response)) set('refused');
      else {
        set('open');
        return untilItsEnd(response, () => set('broken'));
      }
      return response;
    },
    failed() {
      if (state !== 'none') set('broken');
    },
  };
}
