/** A resource as its server lists it. */
export interface ListedResource {
  readonly uri: string;
  readonly name: string;
  readonly title?: string;
}

/**
 * The resources that a place means: those whose name, title or URI is it; else those where one ends with it after a
 * slash or a blank; else those where one just ends with it. More than one: it is not clear. Pure.
 */
export function findPlace(resources: readonly ListedResource[], place: string): readonly ListedResource[] {
  const wanted = place.replace(/^~(?=\/)/, '').replace(/(?<=.)\/+$/, '');
  const tests = [
    (text: string) => text === wanted,
    (text: string) =>
      text.endsWith(wanted) && (/^\//.test(wanted) || /[/\s]$/.test(text.slice(0, -wanted.length))),
    (text: string) => text.endsWith(wanted),
  ];
  for (const test of tests) {
    const found = resources.filter((resource) => textsOf(resource).some(test));
    if (found.length > 0) return found;
  }
  return [];
}

function textsOf({ uri, name, title = '' }: ListedResource): string[] {
  try {
    return [name, title, uri, decodeURIComponent(uri)];
  } catch {
    return [name, title, uri];
  }
}
