/** A path in a line of text: line breaks and other control characters, which a name may hold, are escaped. */
export const shown = (path: string): string => JSON.stringify(path).slice(1, -1).replaceAll('\\"', '"');
