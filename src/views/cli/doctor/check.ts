/** One thing the doctor looked at. `todo` says what to do about it, where something is wrong. */
export interface Check {
  readonly name: string;
  readonly level: 'ok' | 'warn' | 'fail';
  readonly finding: string;
  readonly todo?: string;
}

export const ok = (name: string, finding: string): Check => ({ name, level: 'ok', finding });
export const warn = (name: string, finding: string, todo: string): Check => ({
  name,
  level: 'warn',
  finding,
  todo,
});
export const fail = (name: string, finding: string, todo: string): Check => ({
  name,
  level: 'fail',
  finding,
  todo,
});
