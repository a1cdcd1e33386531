import { statSync } from 'node:fs';
import { resolveInside } from '../../runtime/folders.ts';
import { Refusal } from '../../runtime/tool.ts';
import type { GitSession } from '../run/session.ts';

/** A repository that lies in the configured folders, with all that belongs to it. Absolute, real paths. */
export interface Repository {
  /** The top of the working tree; of a bare one the git directory. */
  readonly path: string;
  readonly gitDir: string;
  /** What linked working trees share. */
  readonly commonDir: string;
  readonly isBare: boolean;
}

/**
 * Finds the repository that a path belongs to.
 * @throws {Refusal} when there is none, or when it or its git directory lies elsewhere
 */
export async function openRepository(session: GitSession, wanted: string): Promise<Repository> {
  const { folders } = session.context;
  const place = inside(wanted, folders);
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory())
    throw new Refusal(`repository: there is no folder ${place}`);
  const asked = ['--is-bare-repository', '--git-dir', '--git-common-dir', '--show-toplevel'];
  const { stdout, said } = await session.look(place, ['rev-parse', '--path-format=absolute', ...asked]);
  // Of a bare repository the last is refused, after the others were told.
  const [isBare, gitDir, commonDir, top] = stdout.split('\n').filter((line) => line !== '');
  if (gitDir === undefined || commonDir === undefined)
    throw new Refusal(`repository: ${place} is no git repository (${said})`);
  if (top === undefined && isBare !== 'true')
    throw new Refusal(`repository: ${place} is a git directory; name the folder of its working tree`);
  const path = top ?? gitDir;
  for (const part of [path, gitDir, commonDir]) inside(part, folders);
  return { path, gitDir, commonDir, isBare: top === undefined };
}

/** @throws {Refusal} of a bare repository */
export async function openWorkingTree(session: GitSession, wanted: string): Promise<Repository> {
  const repository = await openRepository(session, wanted);
  if (repository.isBare) throw new Refusal(`repository: ${repository.path} is bare, it has no working tree`);
  return repository;
}

function inside(wanted: string, folders: readonly string[]): string {
  const verdict = resolveInside(wanted, folders);
  if ('refused' in verdict) throw new Refusal(`repository: ${verdict.refused}`);
  return verdict.path;
}
