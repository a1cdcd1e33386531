import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ServerDefinition } from '../servers/runtime/definition.ts';
import { type OptionSpecs, parseOptions } from '../servers/runtime/options.ts';
import { manifestOf } from '../servers/runtime/page/manifest.ts';
import { type ServerPage, serverPage } from '../servers/runtime/page/server-page.ts';
import { jsonSchema } from '../servers/runtime/serving/tool-list.ts';
import { ROOT } from './support/test-host.ts';

/** Where the pages and manifests say a folder, this one stands. */
const FOLDER = '/home/me/projects';

const folders = readdirSync(join(ROOT, 'servers')).filter((name) => name !== 'runtime');

test('every folder under servers is a server, or what they share', () => {
  expect(folders).toEqual(['agent', 'command', 'files', 'git']);
});

describe.each(folders)('the server %s', (name) => {
  test('has its page and its manifest as its schemas have them', async () => {
    const { definition, options, page } = await load(name);
    check(`docs/servers/${name}.md`, serverPage(definition, options, page));
    const manifest = `${JSON.stringify(manifestOf(definition, options, page), null, 2)}\n`;
    check(`servers/${name}/manifest.json`, manifest);
    await definition.close?.();
  });

  test('says all of every tool', async () => {
    const { definition } = await load(name);
    const unsaid = definition.tools.flatMap(({ name: tool, title, description, input, output }) => [
      ...(/^[a-z_]+$/.test(tool) ? [] : [`${tool}: its name`]),
      ...(title.length > 3 && description.length > 20 ? [] : [`${tool}: what it does`]),
      ...[jsonSchema(input, 'input'), jsonSchema(output, 'output')].flatMap(({ properties = {} }) =>
        Object.entries(properties).flatMap(([field, schema]) =>
          (schema as { description?: string }).description ? [] : [`${tool}: ${field}`],
        ),
      ),
    ]);
    expect(unsaid).toEqual([]);
    await definition.close?.();
  });
});

async function load(
  name: string,
): Promise<{ definition: ServerDefinition; options: OptionSpecs; page: ServerPage }> {
  const [{ OPTIONS: options }, { PAGE: page }, server] = await Promise.all([
    import(`../servers/${name}/options.ts`),
    import(`../servers/${name}/page.ts`),
    import(`../servers/${name}/server.ts`),
  ]);
  const folder = 'workspace' in options ? 'workspace' : 'folder';
  const settings = parseOptions(options as OptionSpecs, [`--${folder}=${FOLDER}`]);
  return { definition: await server[`${name}Server`](settings), options, page };
}

/** With UPDATE_PAGES the file is written instead. */
function check(path: string, wanted: string): void {
  const file = join(ROOT, path);
  if (process.env.UPDATE_PAGES) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, wanted);
  }
  expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(wanted);
}
