import { newId } from '../../../base/ids.ts';
import type { Unnumbered } from '../../../store/ports.ts';
import type { Message, MessagePart } from '../../../store/records.ts';

/**
 * Copies of messages for a chat that branches off: with ids of their own, and nothing in them that could still be done.
 * Work that goes on stays with the chat it was begun in.
 */
export function branchCopies(messages: readonly Message[], sessionId: string): Unnumbered<Message>[] {
  const ids = new Map(messages.map(({ id }) => [id, newId('msg')]));
  const turns = new Map<string, string>();
  const turnId = (id: string) => {
    const found = turns.get(id) ?? newId('turn');
    turns.set(id, found);
    return found;
  };

  function copied(part: MessagePart): MessagePart {
    switch (part.type) {
      case 'use':
        return {
          ...part,
          ...(part.messageId !== undefined && { messageId: ids.get(part.messageId) ?? part.messageId }),
          ...((part.state === 'asked' || part.state === 'running') && {
            state: 'answered' as const,
            told: { text: 'Not known here: the chat branched off before its end.', isError: true },
          }),
        };
      case 'approval':
        return part.state === 'open' ? { ...part, state: 'declined' } : part;
      case 'draft':
        return part.state === 'open' ? { ...part, state: 'dropped' } : part;
      case 'call':
        return part.state === 'open'
          ? {
              ...part,
              state: 'failed',
              failure: { reason: 'interrupted', message: 'The chat branched off before its end.' },
            }
          : part;
      case 'notice':
        return part.covers === undefined ? part : { ...part, covers: ids.get(part.covers) ?? part.covers };
      default:
        return part;
    }
  }

  return messages.map(({ seq: _seq, taskId: _taskId, turn, ...message }) => ({
    ...message,
    id: ids.get(message.id) as string,
    sessionId,
    parts: message.parts.map(copied),
    ...(turn !== undefined && {
      turn: {
        ...turn,
        id: turnId(turn.id),
        ...((turn.state === 'running' || turn.state === 'waiting') && { state: 'stopped' as const }),
      },
    }),
  }));
}
