import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { type CommandConnection, connectCommand, isStopped, KINDS } from './connect.ts';

let connection: CommandConnection | undefined;
afterEach(async () => {
  await connection?.close();
  connection = undefined;
});

const COMMAND = 'printf "Name? "; read name; echo "Hello $name"';

describe.each(KINDS)('with the client %s', (kind) => {
  it('asks the person for what a command waits for, on a terminal', async () => {
    const asked: string[] = [];
    connection = await connectCommand(kind, ['--folder', tmpdir()], {
      answer: (params) => {
        asked.push(params.message);
        return { action: 'accept', content: { input: 'Ada' } };
      },
    });
    const { data } = await connection.run({
      command: `${COMMAND}; test -t 0 && stty size`,
      terminal: true,
      columns: 90,
    });
    expect(asked).toEqual(['The command waits for input at: Name?']);
    expect(data).toMatchObject({ exitStatus: 0, answered: 1, output: 'Name? Ada\nHello Ada\n40 90\n' });
  });
});

it('ends it and says so to a client that cannot ask', async () => {
  connection = await connectCommand('auto', ['--folder', tmpdir()]);
  const { text, isError } = await connection.run({ command: COMMAND, input: 'ask' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^It waits for input at: "Name\?", and nobody can be asked through this client\. Ended after/,
  );
  expect(connection.started()).toEqual([]);
});

it('can be cancelled while it asks, and leaves nothing of a terminal behind', async () => {
  const isAsked = Promise.withResolvers<void>();
  connection = await connectCommand('legacy', ['--folder', tmpdir(), '--grace-ms', '300'], {
    answer: () => {
      isAsked.resolve();
      return new Promise(() => {});
    },
  });
  const abort = new AbortController();
  const command = `setsid sleep 300 & trap "" HUP TERM; (sleep 300 &) ; ${COMMAND}`;
  connection.run({ command, terminal: true }, { signal: abort.signal }).catch(() => {});
  await isAsked.promise;
  expect(connection.started().length).toBeGreaterThanOrEqual(3);
  abort.abort();
  const { params } = await connection.frame(isStopped);
  expect(params.data).toMatchObject({ stopped: true, left: 0 });
  expect(connection.started()).toEqual([]);
});
