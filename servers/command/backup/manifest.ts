/** What was put into a backup, in order; a few dozen bytes for each entry, because there may be millions. */
export class Manifest {
  readonly #entries: string[] = [];
  files = 0;
  folders = 0;
  links = 0;
  bytes = 0;

  add(entry: PackedEntry): void {
    this.#entries.push(textOf(entry));
    if (entry.kind === 'file') this.files++;
    else if (entry.kind === 'folder') this.folders++;
    else this.links++;
    if (entry.kind === 'file') this.bytes += entry.size;
  }

  get entries(): number {
    return this.#entries.length;
  }

  /** Whether the entry that was read back at this place is the one that was put there. */
  holds(at: number, entry: PackedEntry): boolean {
    return this.#entries[at] === textOf(entry);
  }
}

/** One entry as it stands in a backup. */
export type PackedEntry =
  | { readonly kind: 'file'; readonly name: string; readonly size: number; readonly sha256: string }
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'link'; readonly name: string; readonly target: string };

const textOf = (entry: PackedEntry): string => {
  if (entry.kind === 'file') return `f ${entry.size} ${entry.sha256} ${entry.name}`;
  return entry.kind === 'folder' ? `d ${entry.name}` : `l ${entry.name}\0${entry.target}`;
};

/** One line in the form that `sha256sum -c` reads; names with line breaks and backslashes are escaped as it does. */
export function checksumLine(sha256: string, name: string): string {
  if (!/[\\\n\r]/.test(name)) return `${sha256}  ${name}\n`;
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `\\${sha256}  ${escaped}\n`;
}
