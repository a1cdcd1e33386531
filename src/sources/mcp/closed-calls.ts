import type { CallPart, Message } from '../../store/records.ts';

/** A message whose open calls have ended without anybody hearing how. `now` is ISO 8601 UTC. */
export function closedCalls(
  message: Message,
  now: string,
  failure: NonNullable<CallPart['failure']>,
): Message {
  const durationMs = ({ startedAt }: CallPart) => Math.max(0, Date.parse(now) - Date.parse(startedAt));
  return {
    ...message,
    parts: message.parts.map((part) =>
      part.type === 'call' && part.state === 'open'
        ? { ...part, state: 'failed', durationMs: durationMs(part), failure }
        : part,
    ),
  };
}
