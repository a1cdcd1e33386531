import { dirname, posix } from 'node:path';

/** Who may import whom: folder → what it may import; `everything` for the one that may. */
export type ImportTable = ReadonlyMap<string, readonly string[] | 'everything'>;

/** One import as it stands in a file. Paths are relative to the root of the project, without `src/`. */
export interface FoundImport {
  readonly from: string;
  readonly to: string;
  readonly how: 'static' | 'dynamic';
}

/** Reads the table under "Who may import whom" of `src/README.md`. */
export function readImportTable(markdown: string): ImportTable {
  const rows = markdown.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm);
  return new Map(
    [...rows].map(([, folder = '', cell = '']) => [
      folder,
      cell.trim() === 'everything' ? 'everything' : [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
    ]),
  );
}

const STATIC =
  /\b(?:import|export)\b[^'"`;()=]*?\bfrom\s*(['"])(.+?)\1|(?:^|[;\n])\s*import\s*(['"])(.+?)\3/g;
const DYNAMIC = /\bimport\(\s*(['"`])(.+?)\1/g;

/**
 * The imports of one file that lead to files of ours.
 * @param file its path from the root of the project
 */
export function importsOf(file: string, text: string): FoundImport[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const found = [
    ...[...code.matchAll(STATIC)].map((match) => ({
      to: match[2] ?? match[4] ?? '',
      how: 'static' as const,
    })),
    ...[...code.matchAll(DYNAMIC)].map((match) => ({ to: match[2] ?? '', how: 'dynamic' as const })),
  ];
  return found
    .filter(({ to }) => to.startsWith('.'))
    .map(({ to, how }) => ({ from: place(file), to: place(posix.join(dirname(file), to)), how }));
}

/** @returns what is wrong with an import, naming what would be allowed; undefined when it is allowed */
export function judgeImport(table: ImportTable, { from, to, how }: FoundImport): string | undefined {
  const home = folderOf(table, from);
  if (home === undefined) return `${from} is in no folder of the table in src/README.md`;
  const target = folderOf(table, to);
  if (target === 'host' && home !== 'host')
    return /^views\/cli\/commands\/start[\w-]*\.ts$/.test(from) && how === 'dynamic'
      ? undefined
      : `${from} imports ${to}: nobody imports host, but views/cli/commands/start*.ts by a dynamic import`;
  const allowed = table.get(home) ?? [];
  if (allowed === 'everything') return undefined;
  if (home === target) return home === 'sources' ? judgeSibling(from, to) : undefined;
  if (allowed.some((entry) => within(to, entry))) return undefined;
  return `${from} imports ${to}: ${home} may import ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')}`;
}

/** One source never imports another; what all of them share stands directly in `sources/`. */
function judgeSibling(from: string, to: string): string | undefined {
  const source = (path: string) => /^sources\/([^/]+)\//.exec(path)?.[1];
  return source(to) === undefined || source(to) === source(from)
    ? undefined
    : `${from} imports ${to}: one source never imports another (allowed: sources/*.ts and its own folder)`;
}

const folderOf = (table: ImportTable, path: string): string | undefined =>
  [...table.keys()].filter((folder) => within(path, folder)).sort((a, b) => b.length - a.length)[0];

const within = (path: string, entry: string): boolean =>
  path === entry || path === `${entry}.ts` || path.startsWith(`${entry}/`);

const place = (path: string): string => path.replace(/^src\//, '');
