import { argumentTypes } from '../../../base/tool-arguments/argument-types.ts';
import type { ServerView, Tool } from '../../../store/records.ts';
import type { Paint } from './colour.ts';
import { oneLine, plainText } from './plain-text.ts';
import { errorWords, serverColour, serverNote } from './server-words.ts';
import { settingLines } from './setting-lines.ts';

const GENERATION_WORDS: Readonly<Record<NonNullable<ServerView['generation']>, string>> = {
  plain: 'plain calls',
  v1: 'tasks of 2025-11-25',
  v2: 'tasks of 2026-07-28',
};
const TRANSPORT_WORDS: Readonly<Record<ServerView['transport'], string>> = {
  stdio: 'as a program on this machine',
  http: 'over HTTP',
  sse: 'over HTTP+SSE, the transport of 2024-11-05',
};

/** All that is known of a server, with its tools and their arguments. */
export function serverDetails(server: ServerView, paint: Paint): string[] {
  const lines = [
    `${paint(server.name, 'bold')}  ${paint(server.state, serverColour(server))}  ${server.state === 'ready' ? serverNote(server) : ''}`.trimEnd(),
    ...facts(server).map(([name, value]) => `${paint(name.padEnd(9), 'dim')} ${oneLine(value)}`),
  ];
  if (server.stderrTail?.trim()) {
    lines.push('', paint('Last lines of its stderr', 'dim'));
    lines.push(
      ...plainText(server.stderrTail)
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
    );
  }
  if (server.settings !== undefined)
    lines.push(
      '',
      paint('Settings', 'dim'),
      ...settingLines(server.settings, paint).map((line) => `  ${line}`),
    );
  if (server.tools.length > 0)
    lines.push('', ...server.tools.flatMap((tool) => toolLines(server, tool, paint)));
  return lines;
}

function facts(server: ServerView): (readonly [string, string])[] {
  const { protocolVersion, generation, transport, negotiatedAt } = server;
  const speaks = [
    protocolVersion && `MCP ${protocolVersion}`,
    generation && GENERATION_WORDS[generation],
    TRANSPORT_WORDS[transport],
  ];
  return (
    [
      ['title', server.title],
      ['about', server.description],
      ['runs', server.target],
      ['version', server.serverVersion],
      ['speaks', protocolVersion && speaks.filter(Boolean).join(', ')],
      ['found out', negotiatedAt],
      ['sign-in', server.signIn],
      ['error', errorWords(server)],
      ['next try', server.retryAt],
    ] as const
  ).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function toolLines(server: ServerView, tool: Tool, paint: Paint): string[] {
  const properties = (tool.inputSchema.properties ?? {}) as Record<string, { description?: string }>;
  const required = (tool.inputSchema.required ?? []) as readonly string[];
  const types = argumentTypes(tool.inputSchema);
  const about = oneLine(tool.description ?? tool.title ?? '');
  return [
    `${paint(`${server.name}.${tool.name}`, 'cyan')}${about ? `  ${about}` : ''}`,
    ...Object.entries(properties).map(([name, property]) => {
      const kind = [types(name).join(' or '), required.includes(name) ? 'required' : ''].filter(Boolean);
      const words = oneLine(property?.description ?? '');
      return `  ${oneLine(name)}${kind.length > 0 ? paint(` (${kind.join(', ')})`, 'dim') : ''}${words ? `  ${words}` : ''}`;
    }),
  ];
}
