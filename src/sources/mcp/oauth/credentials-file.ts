import { readFileSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredOAuthClientInformation, StoredOAuthTokens } from '@modelcontextprotocol/client';

/** What is kept of the sign-in to one server. */
export interface Credentials {
  /** As what we are registered there, and for which redirect. */
  readonly client?: { readonly information: StoredOAuthClientInformation; readonly redirectUrl: string };
  readonly tokens?: StoredOAuthTokens;
}

/** The credentials of one server: in memory, and in a file that its owner alone may read. */
export interface CredentialsFile {
  readonly current: Credentials;
  /** Settles when the change is on disk; changes are written one after the other. */
  change(change: Credentials): Promise<void>;
}

export const credentialsPath = (folder: string, name: string): string => join(folder, `${name}.json`);

/**
 * Credentials belong to an address: with another one under the same name they do not exist. A file that cannot be
 * read counts as none, which costs a sign-in.
 * @param folder made with mode 0700 when there is something to keep
 */
export function openCredentials(folder: string, name: string, url: string): CredentialsFile {
  const path = credentialsPath(folder, name);
  let current = read(path, url);
  let writing: Promise<void> = Promise.resolve();
  return {
    get current() {
      return current;
    },
    change(change) {
      current = { ...current, ...change };
      const text = JSON.stringify({ url, ...current });
      const done = writing.then(() => replace(folder, path, text));
      writing = done.catch(() => {});
      return done;
    },
  };
}

export const removeCredentials = (folder: string, name: string): Promise<void> =>
  rm(credentialsPath(folder, name), { force: true });

function read(path: string, url: string): Credentials {
  try {
    const { url: kept, ...credentials } = JSON.parse(readFileSync(path, 'utf8'));
    return kept === url ? credentials : {};
  } catch {
    return {};
  }
}

/** All of the new content or all of the old, also after a power cut: a refresh token may be used only once. */
async function replace(folder: string, path: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.new`;
  await rm(draft, { force: true }); // one that was left behind would keep its mode
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
