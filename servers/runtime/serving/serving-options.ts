import type { Settings } from '../options.ts';
import { type ServingOptions, TASK_POLICIES } from './serving.ts';

/** What every bundled server takes, beside its own options. */
export const SERVING_OPTIONS = {
  http: {
    type: 'string',
    title: 'Address',
    description: 'serve over HTTP at PORT or HOST:PORT instead of stdio; 0 takes a free port',
  },
  tasks: {
    type: 'string',
    title: 'Tasks',
    description: 'when long work is handed back as a task',
    default: 'auto',
    options: TASK_POLICIES,
  },
} as const;

export interface HttpAddress {
  readonly host: string;
  readonly port: number;
}

/** @throws {Error} naming the option and what was expected */
export function servingOptionsOf({
  http,
  tasks,
}: Settings<typeof SERVING_OPTIONS>): ServingOptions & { readonly http: HttpAddress } {
  const address = http === undefined ? { host: '', port: 0 } : readAddress(http);
  return {
    transport: http === undefined ? 'stdio' : 'http',
    tasks: tasks as ServingOptions['tasks'], // one of the options, as the command line was read
    http: address,
  };
}

function readAddress(text: string): HttpAddress {
  const [, host = '127.0.0.1', digits = ''] = /^(?:(\[[\da-f:]+\]|[^:]+):)?(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535)
    throw new Error(`--http: expected PORT or HOST:PORT, such as 127.0.0.1:4711, not "${text}"`);
  return { host: host.replace(/^\[|\]$/g, ''), port };
}
