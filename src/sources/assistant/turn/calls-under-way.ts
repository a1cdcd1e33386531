import type { AssistantPorts } from '../ports.ts';

/**
 * Calls whose first answer is still out. Until then the hub writes the message of a call, and would write over what
 * somebody else changes in it.
 */
export interface CallsUnderWay {
  readonly call: AssistantPorts['call'];
  /** Settles when every call of a chat has ended or has become a task. */
  settled(sessionId: string): Promise<void>;
}

export function callsUnderWay(call: AssistantPorts['call']): CallsUnderWay {
  const open = new Map<string, Set<Promise<unknown>>>();
  return {
    call(request) {
      const calls = open.get(request.sessionId) ?? new Set();
      open.set(request.sessionId, calls);
      const calling = call(request);
      calls.add(calling);
      const over = () => {
        calls.delete(calling);
        if (calls.size === 0 && open.get(request.sessionId) === calls) open.delete(request.sessionId);
      };
      calling.then(over, over);
      return calling;
    },
    async settled(sessionId) {
      await Promise.allSettled(open.get(sessionId) ?? []);
    },
  };
}
