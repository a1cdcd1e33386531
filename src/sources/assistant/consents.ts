import { AppError } from '../../base/errors.ts';
import type { Store } from '../../store/ports.ts';
import type { ApprovalPart, Message } from '../../store/records.ts';
import type { AssistantControl } from '../assistant-control.ts';
import type { RememberedAnswers } from './tools/remembered.ts';
import type { SteeredStep } from './turn/open-step.ts';
import type { Turns } from './turn/turns.ts';

type Part = Message['parts'][number];

const isOpen = (part: Part): part is ApprovalPart => part.type === 'approval' && part.state === 'open';

/** A person's word on uses of tools that wait for it. */
export function createConsents(parts: {
  store: Pick<Store, 'messages'>;
  turns: Turns;
  remembered: RememberedAnswers;
}): Pick<AssistantControl, 'approve'> {
  const { store, turns, remembered } = parts;
  return {
    async approve(sessionId, messageId, callId, { allow, remember }) {
      const message = await store.messages.get(messageId);
      const kept = message?.parts.find(
        (part): part is ApprovalPart => part.type === 'approval' && part.callId === callId,
      );
      if (message?.sessionId !== sessionId || kept === undefined)
        throw new AppError(
          'message_not_found',
          `Nothing with the id ${callId} waits for an answer in this message.`,
        );
      const wanted = allow ? 'allowed' : 'declined';
      if (kept.state !== 'open') {
        if (kept.state === wanted) return message;
        throw new AppError('approval_settled', `It was ${kept.state} before.`);
      }
      const step = turns.step(sessionId);
      if (step?.writer.id !== messageId)
        throw new AppError('turn_not_open', 'The turn that asked for this does not go on any more.');
      const isIt = (part: Message['parts'][number]): part is ApprovalPart =>
        part.type === 'approval' && part.callId === callId;
      const now = step.writer.message().parts.find(isIt);
      if (now?.state !== 'open') throw new AppError('approval_settled', `It was ${now?.state} before.`);
      step.writer.parts((all) =>
        all.map((part) =>
          isIt(part) ? { ...part, state: wanted, ...(remember && { remembered: remember }) } : part,
        ),
      );
      const waits = step.writer
        .message()
        .parts.some((part) => part.type === 'approval' && part.state === 'open');
      if (!waits) step.writer.turn({ state: 'running' });
      await step.writer.keep(); // the answer holds before anything is done by it
      if (remember !== undefined)
        await remembered.put({ server: kept.server, allow, ...(remember === 'tool' && { tool: kept.tool }) });
      step.decide(callId, wanted);
      return (await store.messages.get(messageId)) ?? message;
    },
  };
}

/** Somebody who says something else instead has declined. */
export async function passOver(step: SteeredStep): Promise<void> {
  const open = step.writer.message().parts.filter(isOpen);
  if (open.length === 0) return;
  step.writer.parts((all) => all.map((part) => (isOpen(part) ? { ...part, state: 'declined' } : part)));
  step.writer.turn({ state: 'running' });
  for (const { callId } of open) step.decide(callId, 'passed over');
  await step.writer.keep();
}
