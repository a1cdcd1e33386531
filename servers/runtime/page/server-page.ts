import type { ServerDefinition } from '../definition.ts';
import type { OptionSpec, OptionSpecs } from '../options.ts';
import { SERVING_OPTIONS } from '../serving/serving-options.ts';
import { jsonSchema } from '../serving/tool-list.ts';
import type { AnyTool } from '../tool.ts';
import { fieldRows } from './field-rows.ts';

/** What the schemas of a server cannot say, in Markdown. */
export interface ServerPage {
  /** One sentence, also for lists of servers. */
  readonly summary: string;
  readonly intro: string;
  readonly events?: string;
  readonly progress: string;
  readonly cancel: string;
  readonly security: string;
}

/** The page of one server: how it is started, its tools from their schemas, and the prose. */
export function serverPage(definition: ServerDefinition, options: OptionSpecs, page: ServerPage): string {
  const { name, title, tools } = definition;
  const parts = [
    '<!-- Made from the schemas. Change servers/, then: UPDATE_PAGES=1 vitest run test/server-pages.test.ts -->',
    `# ${title}`,
    page.summary,
    page.intro,
    entry(name, Object.keys(options)[0] ?? ''),
    '## Options',
    'On the command line as `--name value`; in Meanwhile as a form on the page *Tools & servers*.',
    optionTable(options),
    'Beside these, what every bundled server takes:',
    optionTable(SERVING_OPTIONS),
    HTTP,
    '## Tools',
    ...tools.flatMap(toolPart),
    ...(page.events === undefined ? [] : ['## Events', page.events]),
    '## Progress',
    page.progress,
    '## Cancel',
    page.cancel,
    '## Security',
    page.security,
  ];
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

/** @param place the option that names where it may work */
const entry = (name: string, place: string): string => `\`\`\`json
{
  "mcpServers": {
    "${name}": { "command": "node", "args": ["servers/${name}/main.ts", "--${place}", "/home/me/projects"] }
  }
}
\`\`\``;

const HTTP = `Over HTTP it serves Streamable HTTP at \`/mcp\`, on loopback unless a host is named, and lets nobody in without
\`Authorization: Bearer …\`: the token is \`MCP_SERVER_TOKEN\` from the environment, or one that is made at the start and
printed once. There long work goes on when the client is gone, and is found again by its task.`;

function optionTable(options: OptionSpecs): string {
  const rows = Object.entries(options).map(
    ([name, spec]) => `| \`--${name}\` | ${kindOf(spec)} | ${spec.description} | ${defaultOf(spec)} |`,
  );
  return ['| option | value | meaning | default |', '|---|---|---|---|', ...rows].join('\n');
}

function kindOf(spec: OptionSpec): string {
  if (spec.type === 'boolean') return 'switch';
  if ('options' in spec && spec.options) return spec.options.map((option) => `\`${option}\``).join(', ');
  return `${spec.type}${'multiple' in spec && spec.multiple ? ', repeatable' : ''}`;
}

const defaultOf = (spec: OptionSpec): string =>
  'default' in spec && spec.default !== undefined ? `\`${spec.default}\`` : 'none';

function toolPart(tool: AnyTool): string[] {
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = tool.annotations;
  const facts = [
    readOnlyHint
      ? 'changes nothing'
      : destructiveHint
        ? 'may overwrite or remove'
        : 'adds, takes nothing away',
    idempotentHint && !readOnlyHint && 'doing it twice is doing it once',
    openWorldHint && 'reaches beyond this machine',
    tool.isLong && 'may take long',
  ].filter((fact) => fact !== false);
  return [
    `### \`${tool.name}\`: ${tool.title}`,
    `${tool.description}\n\n*${facts.join(' · ')}*`,
    table('argument', fieldRows(jsonSchema(tool.input, 'input'))),
    table('in the result', fieldRows(jsonSchema(tool.output, 'output'))),
  ];
}

const table = (heading: string, rows: readonly string[]): string =>
  rows.length === 0
    ? 'No arguments.'
    : [`| ${heading} | type | meaning |`, '|---|---|---|', ...rows].join('\n');
