import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { ServerView } from '../store/records.ts';

const SERVER = 'command';
const CANDIDATES = ['Documents', 'Pictures', 'Projects', 'Desktop', 'Notes'];

/** What the first page offers: a backup of a real folder, run as any other command of the chat. */
export function welcomeOffer(parts: {
  app: string;
  backups: string;
  server: (name: string) => ServerView | undefined;
  now: () => Date;
}) {
  const { app, backups, server, now } = parts;
  const home = homedir();
  const own = CANDIDATES.map((name) => join(home, name)).filter(isFolder);
  const folders = [
    { path: app, label: 'Meanwhile itself (a safe first try)' },
    ...own.map((path) => ({ path, label: basename(path) })),
  ];
  const day = now().toISOString().slice(0, 19).replace(/[:T]/g, '-');
  const script = join(app, 'servers/command/examples/backup.sh');
  return {
    server: SERVER,
    enabled: server(SERVER)?.enabled ?? false,
    folders,
    destination: backups,
    messages: folders.map(({ path }) => {
      const archive = join(backups, `${basename(path)}-${day}.tar.gz`);
      return {
        path,
        text: `/${SERVER}.run command="${escapeDouble(`sh ${quote(script)} ${quote(path)} ${quote(archive)}`)}"`,
      };
    }),
  };
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** One word for the shell. */
const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const escapeDouble = (text: string): string => text.replace(/["\\]/g, '\\$&');
