/** What a message that begins with a slash asks for. Pure. */
export type SlashCommand =
  | { readonly type: 'call'; readonly server: string; readonly tool: string; readonly argumentLine: string }
  | { readonly type: 'tasks' }
  | { readonly type: 'cancel'; readonly target?: string }
  /** Something to be done later: a time or a trigger, then what to do, still in one text. */
  | { readonly type: 'remind' | 'every' | 'when'; readonly rest: string }
  | { readonly type: 'assignments' }
  | { readonly type: 'help' }
  | { readonly type: 'unknown'; readonly word: string };

/** @returns undefined when the text is no command at all */
export function parseSlash(text: string): SlashCommand | undefined {
  const match = /^\/(\S+)(?:\s+(.*))?$/s.exec(text.trim());
  if (match === null) return undefined;
  const [, word = '', rest = ''] = match;
  if (word === 'help') return { type: 'help' };
  if (word === 'tasks') return { type: 'tasks' };
  if (word === 'assignments') return { type: 'assignments' };
  if (word === 'remind' || word === 'every' || word === 'when') return { type: word, rest: rest.trim() };
  if (word === 'cancel')
    return rest.trim() === '' ? { type: 'cancel' } : { type: 'cancel', target: rest.trim() };
  const dot = word.indexOf('.');
  if (dot <= 0 || dot === word.length - 1) return { type: 'unknown', word };
  return { type: 'call', server: word.slice(0, dot), tool: word.slice(dot + 1), argumentLine: rest };
}

export const COMMANDS = '/help, /tasks, /assignments, /remind, /every, /when, /cancel or /server.tool';

export const HELP_TEXT = `What you can write here without a model:

/server.tool key=value …   use a tool directly; long work goes to the background by itself
/server.tool {"key": 1}    the same, with JSON
/tasks                     what runs in this chat, and what ended lately
/cancel                    stop the newest running task of this chat
/cancel task_…             stop a certain task

What is done later; you are asked before anything is saved:

/remind in 30 minutes TEXT                        write TEXT here then
/remind tomorrow at 9:00 /server.tool key=value … use a tool then
/every weekday at 9:00 /server.tool key=value …   use a tool again and again; or a TEXT
/when task failed TEXT                            also: task completed, cancelled, lost, ended
/when SERVER changes URI /server.tool …           when a resource of a server has changed
/when files.created in FOLDER /server.tool path={{event.path}}
                                                  when a watched folder reports a new file
/when hook /server.tool …                         when something outside calls its address
/assignments                                      what is to be done later

/help                      this list`;
