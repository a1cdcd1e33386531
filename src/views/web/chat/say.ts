import { api } from '../data/api.ts';
import { records } from '../data/records.ts';

/** Says something in a chat and shows at once what came of it. @throws as `request` does */
export async function say(sessionId: string, text: string): Promise<void> {
  const { messages } = await api.say(sessionId, text);
  records.put('message', messages, 'answer');
  records.flush();
}

/** Begins a chat with its first message. When the message is refused, the empty chat is not left behind. */
export async function beginChat(text: string, title?: string): Promise<string> {
  const session = await api.createSession(title);
  try {
    await say(session.id, text);
  } catch (error) {
    void api.deleteSession(session.id).catch(() => undefined);
    throw error;
  }
  records.put('session', [session], 'answer');
  records.flush();
  return session.id;
}
