import {
  type Connection,
  type ConnectOptions,
  connect,
  type KINDS,
  type Result,
} from '../../runtime/test/connect.ts';

export { isOutput, isProgress, isStopped, KINDS } from '../../runtime/test/connect.ts';

/** The server's program. */
export const PROGRAM = new URL('../main.ts', import.meta.url).pathname;

export type CommandConnection = Connection & {
  run(args: Record<string, unknown>, options?: Parameters<Connection['call']>[2]): Promise<Result>;
};

/** The real Command server with a real client, and its tool `run` at hand. */
export async function connectCommand(
  kind: (typeof KINDS)[number],
  args: readonly string[],
  options: Omit<ConnectOptions, 'kind'> = {},
): Promise<CommandConnection> {
  const connection = await connect(PROGRAM, args, { kind, ...options });
  return { ...connection, run: (input, options) => connection.call('run', input, options) };
}
