/** The files that git names when it refuses to overwrite them; empty when it does not say so. */
export function blockingFiles(said: string): string[] {
  const files: string[] = [];
  let isList = false;
  for (const line of said.split('\n')) {
    if (/would be (?:overwritten|removed) by /.test(line)) isList = true;
    else if (isList && line.startsWith('\t')) files.push(line.trim());
    else isList = false;
  }
  return [...new Set(files)];
}
