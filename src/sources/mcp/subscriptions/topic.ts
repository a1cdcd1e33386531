import type { ListName } from '../../source.ts';

/** What can be watched at a server. */
export type Topic =
  | { readonly kind: 'resource'; readonly uri: string }
  | { readonly kind: 'list'; readonly list: ListName };

export const keyOf = (topic: Topic): string =>
  topic.kind === 'resource' ? `resource ${topic.uri}` : `list ${topic.list}`;

/** For sentences such as “… does not report changes of ‹this›.” */
export const wordsOf = (topic: Topic): string =>
  topic.kind === 'resource' ? topic.uri : `its list of ${topic.list}`;

/** Whether a notification is about a topic. A server may name what lies beneath a resource instead of itself. */
export function isAbout(topic: Topic, method: string, uri: string | undefined): boolean {
  if (topic.kind === 'list') return method === `notifications/${topic.list}/list_changed`;
  if (method !== 'notifications/resources/updated' || uri === undefined) return false;
  return uri === topic.uri || uri.startsWith(topic.uri.endsWith('/') ? topic.uri : `${topic.uri}/`);
}
