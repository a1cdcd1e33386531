import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { records } from '../data/records.ts';
import { showToast } from '../data/toasts.ts';
import type { SessionPatch } from '../data/types.ts';

/** Says something in a chat and shows at once what came of it. @throws as `request` does */
export async function say(sessionId: string, text: string): Promise<void> {
  const { messages } = await api.say(sessionId, text);
  records.put('message', messages, 'answer');
  records.flush();
}

/** Begins a chat with its first message. When the message is refused, the empty chat is not left behind. */
export async function beginChat(text: string, title?: string, settings: SessionPatch = {}): Promise<string> {
  let session = await api.createSession(title);
  try {
    if (Object.keys(settings).length > 0) session = await api.changeSession(session.id, settings);
    await say(session.id, text);
  } catch (error) {
    void api.deleteSession(session.id).catch(() => undefined);
    throw error;
  }
  records.put('session', [session], 'answer');
  records.flush();
  return session.id;
}

/** Another model answers from now on; null for whichever is the default. */
export async function changeModel(sessionId: string, modelId: string | null): Promise<void> {
  try {
    records.put('session', [await api.changeSession(sessionId, { modelId })], 'answer');
    records.flush();
  } catch (error) {
    showToast(errorWords(error), { kind: 'error' });
  }
}
