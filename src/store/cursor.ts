import { AppError } from '../base/errors.ts';

/** What a cursor walks through; a cursor of one list is refused by another. */
type List = 'tasks' | 'sessions' | 'messages' | 'found' | 'assignments' | 'runs';

/** A place in a list, opaque to whoever carries it. */
export const encodeCursor = (list: List, position: number): string =>
  Buffer.from(`${list}:${position}`).toString('base64url');

/** @throws {AppError} `invalid_cursor` */
export function decodeCursor(list: List, cursor: string): number {
  const [name, digits = ''] = Buffer.from(cursor, 'base64url').toString().split(':');
  const position = Number(digits);
  // Encoding it again must give the same text: that excludes every sloppy spelling at once.
  if (name !== list || !Number.isSafeInteger(position) || encodeCursor(list, position) !== cursor)
    throw new AppError('invalid_cursor', 'Start again without a cursor: this one is not from this list.');
  return position;
}
