import { count, type Form } from './form.ts';

/** `#9 [build 3/7] RUN npm ci` (BuildKit) and `Step 3/7 : RUN npm ci`: step 3 has begun, so 2 are done. */
export const dockerStep: Form = {
  name: 'docker build',
  strength: 3,
  read(line) {
    const match = /^#\d+ \[(?:(\S+) +)?(\d+)\/(\d+)\] /.exec(line) ?? /^Step ()(\d+)\/(\d+) : /.exec(line);
    if (!match) return undefined;
    return count(`docker build ${match[1] ?? ''}`, String(Number(match[2]) - 1), match[3]);
  },
};
