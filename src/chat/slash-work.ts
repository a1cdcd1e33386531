import type { Work } from '../assignment/assignment.ts';
import { AppError } from '../base/errors.ts';
import { parseTemplateLine } from '../base/tool-arguments/parse-template.ts';
import type { ServerView } from '../store/records.ts';

/** Where a text turns into the use of a tool: servers have no slash in their names, folders do. */
const CALL = /(?:^|\s)\/([a-zA-Z0-9][\w-]*)\.([^\s/]+)(?=\s|$)/;

/** The place in a text where `/server.tool` stands first; undefined where there is none. */
export function callAt(text: string): number | undefined {
  const match = CALL.exec(text);
  return match === null ? undefined : match.index + match[0].indexOf('/');
}

/**
 * What is to be done, as it stands after a time or a trigger: `/server.tool key=value …`, or a text.
 * @throws {AppError} `invalid_command` when nothing stands there, `server_not_found`, `tool_not_found`,
 *   `server_unavailable`, `invalid_arguments`
 */
export function workOf(text: string, serverOf: (name: string) => ServerView | undefined): Work {
  const words = text.trim();
  if (words === '')
    throw new AppError('invalid_command', 'It does not say yet what is to be done then.', {
      fields: [{ field: 'text', expected: 'a text or /server.tool at the end' }],
    });
  const match = CALL.exec(words);
  if (match?.index !== 0) return { type: 'text', text: words };
  const [whole, server = '', tool = ''] = match;
  const view = serverOf(server);
  if (view === undefined || view.state === 'removed')
    throw new AppError('server_not_found', `There is no server “${server}”.`);
  const known = view.tools.find(({ name }) => name === tool);
  if (known === undefined) throw notListed(view, tool);
  const args = parseTemplateLine(words.slice(whole.length), known.inputSchema);
  return { type: 'calls', calls: [{ server, tool, arguments: args }] };
}

/** Arguments are read by the tool's schema, and that is known while the server is connected. */
function notListed({ name, state, tools }: ServerView, tool: string): AppError {
  if (state === 'ready')
    return new AppError(
      'tool_not_found',
      `“${name}” has no tool “${tool}”. It has: ${tools.map((each) => each.name).join(', ') || 'none'}.`,
    );
  return state === 'off'
    ? new AppError('server_off', `“${name}” is turned off, so its tools are not known now.`)
    : new AppError('server_unavailable', `“${name}” is not connected, so its tools are not known now.`);
}
