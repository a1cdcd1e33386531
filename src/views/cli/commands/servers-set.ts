import type { ServerView } from '../../../store/records.ts';
import { settingsOf } from '../arguments/settings.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import type { Shell } from '../terminal/shell.ts';
import { namingOthers } from './naming-others.ts';
import { tellServer } from './servers-change.ts';

/** Changes settings of a server; one that is on is started anew with them, and says whether it connects. */
export async function setServer(
  shell: Shell,
  name: string,
  words: readonly string[],
  { alsoEndsOthers = false }: { alsoEndsOthers?: boolean },
): Promise<number> {
  const find = () => findHost(shell.env);
  const host = await find();
  const path = `/api/servers/${encodeURIComponent(name)}`;
  const { body } = await ask<ServerView>(host, path);
  const settings = settingsOf(body.settings?.fields ?? [], words, process.cwd());
  const answer = await namingOthers(shell, {
    alsoEndsOthers,
    heading: `${name} is started anew, and this would end with it:`,
    question: () => 'Change the settings all the same?',
    send: (alsoEnds) =>
      ask<ServerView>(host, path, { method: 'PATCH', body: { meanwhile: { settings }, alsoEnds } }),
  });
  return answer === undefined ? EXIT.interrupted : tellServer(shell, find, answer.body);
}
