import { api } from '../../data/api.ts';
import { errorWords } from '../../data/client.ts';
import { records } from '../../data/records.ts';
import { showToast } from '../../data/toasts.ts';
import type { ApprovalBody, Message, Said } from '../../data/types.ts';

/* What a person asks of the assistant. What comes of it is shown at once, and then told by the feed. */

function show(messages: readonly Message[]): void {
  records.put('message', messages, 'answer');
  records.flush();
}

async function doing(work: () => Promise<Said>): Promise<boolean> {
  try {
    show((await work()).messages);
    return true;
  } catch (error) {
    showToast(errorWords(error), { kind: 'error' });
    return false;
  }
}

export async function stopTurn(sessionId: string): Promise<void> {
  try {
    const { message } = await api.stopTurn(sessionId);
    if (message !== null) show([message]);
  } catch (error) {
    showToast(errorWords(error), { kind: 'error' });
  }
}

export const continueTurn = ({ sessionId, id }: Message): Promise<boolean> =>
  doing(() => api.continueTurn(sessionId, id));

export const retryTurn = ({ sessionId, id }: Message): Promise<boolean> =>
  doing(() => api.retryTurn(sessionId, id));

/** @throws as `request` does */
export async function editMessage({ sessionId, id }: Message, text: string): Promise<void> {
  show((await api.editMessage(sessionId, id, text)).messages);
}

/** @throws as `request` does */
export async function answerApproval(
  { sessionId, id }: Message,
  callId: string,
  answer: ApprovalBody,
): Promise<void> {
  show([await api.approve(sessionId, id, callId, answer)]);
}

/** @returns the id of the chat that it became */
export async function branchFrom({ sessionId, id }: Message): Promise<string | undefined> {
  try {
    const session = await api.branch(sessionId, id);
    records.put('session', [session], 'answer');
    records.flush();
    return session.id;
  } catch (error) {
    showToast(errorWords(error), { kind: 'error' });
    return undefined;
  }
}
