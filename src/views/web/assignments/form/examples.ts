export const EXAMPLE_NAMES = ['backup', 'file', 'reminder'] as const;

/** What the form begins with, where a person takes an example over. */
export type ExampleName = (typeof EXAMPLE_NAMES)[number];

/** What stands in the address of the new page: an example, or the assignment to make another like it. */
export interface NewSearch {
  readonly example?: ExampleName;
  readonly from?: string;
}

export function readNewSearch({ example, from }: Record<string, unknown>): NewSearch {
  const known = EXAMPLE_NAMES.find((name) => name === example);
  return {
    ...(known !== undefined && { example: known }),
    ...(typeof from === 'string' && { from }),
  };
}
