/** What became of one ref, as `git push --porcelain` says. */
export interface PushedRef {
  readonly from: string;
  readonly to: string;
  readonly state: 'new' | 'updated' | 'forced' | 'deleted' | 'up to date' | 'rejected';
  readonly note: string;
}

const STATES: Readonly<Record<string, PushedRef['state']>> = {
  ' ': 'updated',
  '+': 'forced',
  '-': 'deleted',
  '*': 'new',
  '!': 'rejected',
  '=': 'up to date',
};

export function parsePush(text: string): PushedRef[] {
  return text.split('\n').flatMap((line) => {
    const [, flag = '', from = '', to = '', note = ''] =
      /^([ +\-*!=])\t([^:\t]*):([^\t]*)\t(.*)$/.exec(line) ?? [];
    const state = STATES[flag];
    return state === undefined ? [] : [{ from, to, state, note }];
  });
}
