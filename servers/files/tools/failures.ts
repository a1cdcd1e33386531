import * as z from 'zod';
import { Refusal } from '../../runtime/tool.ts';
import { isFileError, reasonOf } from '../place/reason.ts';

/** Runs what only looks or opens; what the file system refuses becomes a refusal of the argument. */
export function inWords<Value>(field: string, path: string, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new Refusal(`${field}: ${path}: ${reasonOf(error)}`);
  }
}

/** In results: what could not be looked at; long lists are cut. */
export const UNREADABLE = z
  .array(z.object({ path: z.string().describe('Empty: the folder itself'), reason: z.string() }))
  .describe('What could not be looked at, at most 20');
