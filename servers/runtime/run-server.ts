import { flushCompileCache } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ServerDefinition } from './definition.ts';
import { type OptionSpecs, parseOptions, type Settings, usageOf } from './options.ts';
import { serveStdio } from './serving/serve-stdio.ts';
import { createServing } from './serving/serving.ts';
import { SERVING_OPTIONS, servingOptionsOf } from './serving/serving-options.ts';

export interface ServerProgram<Specs extends OptionSpecs> {
  /** Its own options, beside those that every server has. */
  readonly options: Specs;
  define(settings: Settings<Specs>): ServerDefinition | Promise<ServerDefinition>;
}

/** Makes a program of a server: reads the command line, serves, and ends all work before it ends itself. */
export async function runServer<const Specs extends OptionSpecs>(
  program: ServerProgram<Specs>,
): Promise<void> {
  const specs = { ...program.options, ...SERVING_OPTIONS };
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(usageOf('main.ts', specs));
  const { definition, serving: options } = await readCommandLine();
  const serving = createServing(definition, options);
  let closeTransport = async () => {};
  let isEnding = false;

  async function end(exitStatus: number): Promise<void> {
    if (isEnding) return;
    isEnding = true;
    await serving.close();
    await closeTransport();
    await nextTurn(); // the last results are written in this turn
    process.exit(exitStatus);
  }

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  process.on('uncaughtException', (error) => {
    console.error(error);
    void end(1);
  });
  if (options.transport === 'stdio') serveStdio(serving, () => void end(0));
  else {
    const { serveHttp } = await import('./serving/serve-http.ts');
    closeTransport = await serveHttp(serving, options.http);
  }
  flushCompileCache(); // now, because a server may be killed rather than ended

  async function readCommandLine() {
    try {
      const settings = parseOptions(specs, args);
      const serving = servingOptionsOf(settings);
      return { definition: await program.define(settings as unknown as Settings<Specs>), serving };
    } catch (error) {
      console.error(`${(error as Error).message}\n\n${usageOf('main.ts', specs)}`);
      process.exit(2);
    }
  }
}
