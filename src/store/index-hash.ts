import { hash } from 'node:crypto';

/** Stands for a text in an index: ids from outside may be of any length and hold any sign, which indexes do not take. */
export const indexHash = (text: string): string => hash('sha256', text, 'base64url');
