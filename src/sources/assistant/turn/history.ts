import type { Store } from '../../../store/ports.ts';
import type { Message } from '../../../store/records.ts';
import { newestSummary } from '../context/render-history.ts';

const PAGE = 200;

/**
 * The messages of a chat, oldest first: back to the one that a summary covers, if there is one. A step of a turn has been
 * told all that stands before it, and nothing that stands after it: messages stand in the order in which they were
 * written first.
 */
export async function loadHistory(store: Pick<Store, 'messages'>, sessionId: string): Promise<Message[]> {
  return load(store, sessionId, (messages) => {
    const covers = newestSummary(messages.filter(({ supersededBy }) => supersededBy === undefined))?.covers;
    return covers !== undefined && messages.some(({ id }) => id === covers);
  });
}

/** All of them. */
export const loadAll = (store: Pick<Store, 'messages'>, sessionId: string): Promise<Message[]> =>
  load(store, sessionId, () => false);

/** What stands after the newest step of a turn, and that step; hidden ones are left out. */
export async function sinceLastStep(
  store: Pick<Store, 'messages'>,
  sessionId: string,
): Promise<{ last: Message | undefined; after: readonly Message[] }> {
  const isStep = ({ turn, supersededBy }: Message) => turn !== undefined && supersededBy === undefined;
  const messages = await load(store, sessionId, (found) => found.some(isStep));
  const at = messages.findLastIndex(isStep);
  return {
    last: messages[at],
    after: messages.slice(at + 1).filter((each) => each.supersededBy === undefined),
  };
}

async function load(
  store: Pick<Store, 'messages'>,
  sessionId: string,
  isEnough: (messages: readonly Message[]) => boolean,
): Promise<Message[]> {
  let messages: Message[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.messages.list({
      sessionId,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    messages = [...page.messages, ...messages];
    cursor = page.nextCursor;
  } while (cursor !== undefined && !isEnough(messages));
  return messages;
}
