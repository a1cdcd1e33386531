import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { AppError } from '../../../base/errors.ts';
import type { ServerEntry } from '../../server-entry.ts';
import { type ParsedConfig, parseConfig } from './parse-config.ts';

const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };

/** `mcp.json`: read as a whole, changed entry by entry with comments and order kept, replaced atomically. */
export interface ConfigFile {
  readonly path: string;
  /** A file that is not there has no servers. */
  read(): Promise<ParsedConfig>;
  /**
   * Sets one server's entry, or takes it out with `undefined`.
   * @throws {AppError} `config_invalid` (the file does not parse: nothing is changed), `config_read_only`
   */
  write(name: string, entry: ServerEntry | undefined): Promise<void>;
}

export function openConfigFile(path: string): ConfigFile {
  let writing: Promise<unknown> = Promise.resolve();

  /** @throws {AppError} `config_invalid`, when it is there and cannot be read as text */
  async function text(): Promise<string> {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return '';
      throw new AppError('config_invalid', whyUnreadable(error as NodeJS.ErrnoException), { cause: error });
    }
  }

  async function edit(name: string, entry: ServerEntry | undefined): Promise<void> {
    const before = await text();
    const parsed = parseConfig(before);
    if (!parsed.ok) throw new AppError('config_invalid', `${parsed.problem} Correct the file first.`);
    const base = before.trim() === '' ? '{\n  "mcpServers": {}\n}\n' : before;
    const after = applyEdits(base, modify(base, ['mcpServers', name], entry, FORMAT));
    const draft = `${path}.${process.pid}.new`;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(draft, after, { mode: 0o600 });
      await rename(draft, path);
    } catch (error) {
      throw new AppError('config_read_only', `mcp.json could not be written: ${(error as Error).message}.`, {
        cause: error,
      });
    }
  }

  return {
    path,
    async read() {
      try {
        return parseConfig(await text());
      } catch (error) {
        return { ok: false, problem: error instanceof AppError ? error.detail : String(error) };
      }
    },
    write(name, entry) {
      const done = writing.then(() => edit(name, entry));
      writing = done.catch(() => {});
      return done;
    },
  };
}

function whyUnreadable({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EISDIR') return 'mcp.json is a folder; a file is expected.';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'mcp.json is not UTF-8 text.';
  return `mcp.json could not be read: ${message}.`;
}
