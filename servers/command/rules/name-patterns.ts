/** Whether a name fits one of the patterns: `LANG`, or `LC_*` for every name that begins so. */
export const fitsPattern = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
