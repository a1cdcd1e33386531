import type { Question, Reply } from './worker.ts';

/** The worker's end: answers questions by name, one at a time or several, and ends when nobody can ask any more. */
export function answer(
  // biome-ignore lint/suspicious/noExplicitAny: each question has an input of its own
  handlers: Readonly<Record<string, (input: any) => unknown>>,
  close: () => Promise<unknown> = async () => {},
): void {
  process.on('message', async (message) => {
    const { n, name, input } = message as Question;
    let reply: Reply;
    try {
      const handler = handlers[name];
      if (handler === undefined) throw new Error('no such question');
      reply = { n, answer: await handler(input) };
    } catch (error) {
      reply = { n, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    process.send?.(reply, () => {}); // whoever asked may be gone by now
  });
  process.once('disconnect', () => void close().finally(() => process.exit(0)));
  // Ctrl-C reaches the whole group; the bench ends its workers in order.
  process.on('SIGINT', () => {});
}
