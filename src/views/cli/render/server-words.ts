import type { ServerView } from '../../../store/records.ts';
import type { Colour } from './colour.ts';
import { oneLine } from './plain-text.ts';

const COLOURS: Readonly<Record<ServerView['state'], Colour>> = {
  ready: 'green',
  connecting: 'blue',
  failed: 'red',
  off: 'dim',
  removed: 'dim',
};

export const serverColour = (server: Pick<ServerView, 'state'>): Colour => COLOURS[server.state];

/** What stands beside a server's state: its tools, or why it has none. */
export function serverNote(server: ServerView): string {
  if (server.state === 'ready') return server.tools.length === 1 ? '1 tool' : `${server.tools.length} tools`;
  if (server.state === 'failed') return oneLine(errorWords(server)) || 'it does not answer';
  if (server.state === 'off') return `turned off; \`meanwhile servers enable ${server.name}\``;
  return '';
}

/** What is wrong with a server and what to do about it. */
export function errorWords({ error }: Pick<ServerView, 'error'>): string {
  if (!error) return '';
  return error.hint ? `${error.message} ${error.hint}` : error.message;
}
