import type { ServerDefinition } from '../definition.ts';
import type { OptionSpec, OptionSpecs } from '../options.ts';
import type { ServerPage } from './server-page.ts';

/**
 * The manifest of a server as an MCP bundle (MCPB 0.3), from which a host makes a form. A setting is an option of the
 * command line: `--name=value`, repeated for a list, `--name` alone for what is switched on.
 */
export function manifestOf(definition: ServerDefinition, options: OptionSpecs, page: ServerPage): object {
  const { name, title, version, tools } = definition;
  return {
    manifest_version: '0.3',
    name,
    display_name: title,
    version,
    description: page.summary,
    author: { name: 'Meanwhile' },
    license: 'MIT',
    server: {
      type: 'node',
      entry_point: 'main.ts',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: expanded by the host
      mcp_config: { command: 'node', args: ['${__dirname}/main.ts'] },
    },
    tools: tools.map((tool) => ({ name: tool.name, description: tool.title })),
    user_config: Object.fromEntries(Object.entries(options).map(([key, spec]) => [key, field(spec)])),
  };
}

const field = ({ description, ...spec }: OptionSpec): object => ({
  ...spec,
  ...(spec.type === 'number' && { whole: true }),
  description: `${description.charAt(0).toUpperCase()}${description.slice(1)}${description.endsWith('.') ? '' : '.'}`,
});
