/** What a message that begins with a slash asks for. Pure. */
export type SlashCommand =
  | { readonly type: 'call'; readonly server: string; readonly tool: string; readonly argumentLine: string }
  | { readonly type: 'tasks' }
  | { readonly type: 'cancel'; readonly target?: string }
  | { readonly type: 'help' }
  | { readonly type: 'unknown'; readonly word: string };

/** @returns undefined when the text is no command at all */
export function parseSlash(text: string): SlashCommand | undefined {
  const match = /^\/(\S+)(?:\s+(.*))?$/s.exec(text.trim());
  if (match === null) return undefined;
  const [, word = '', rest = ''] = match;
  if (word === 'help') return { type: 'help' };
  if (word === 'tasks') return { type: 'tasks' };
  if (word === 'cancel')
    return rest.trim() === '' ? { type: 'cancel' } : { type: 'cancel', target: rest.trim() };
  const dot = word.indexOf('.');
  if (dot <= 0 || dot === word.length - 1) return { type: 'unknown', word };
  return { type: 'call', server: word.slice(0, dot), tool: word.slice(dot + 1), argumentLine: rest };
}

export const HELP_TEXT = `What you can write here without a model:

/server.tool key=value …   use a tool directly; long work goes to the background by itself
/server.tool {"key": 1}    the same, with JSON
/tasks                     what runs in this chat, and what ended lately
/cancel                    stop the newest running task of this chat
/cancel task_…             stop a certain task
/help                      this list`;
