import { resolve } from 'node:path';

/** The hundreds of small processes of the tests take what Node made of their files from the first of each kind. */
export function setup(): void {
  process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, '../../dist/compile-cache');
}
