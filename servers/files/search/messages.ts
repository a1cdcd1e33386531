import type { Place } from '../place/place.ts';

export interface SearchRequest {
  readonly folder: Place;
  /** Only this one file in the folder. */
  readonly file: string | undefined;
  readonly text: string | undefined;
  /** A regular expression of RE2. */
  readonly pattern: string | undefined;
  readonly ignoreCase: boolean;
  readonly glob: string | undefined;
  readonly hidden: boolean;
  readonly limit: number;
}

export interface SearchMatch {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, of the first match in the line. */
  readonly column: number;
  readonly text: string;
}

export interface SearchFound {
  readonly matches: readonly SearchMatch[];
  /** Files with a match. */
  readonly files: number;
  readonly searched: number;
  readonly binary: number;
  /** Files to search. */
  readonly total: number;
  /** There are more matches than were asked for. */
  readonly isCut: boolean;
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

export type SearchMessage =
  | { readonly type: 'done'; readonly found: SearchFound }
  /** `matches` are those since the last time. */
  | ({
      readonly type: 'progress';
      readonly phase: 'counting' | 'searching';
      readonly path: string | undefined;
    } & Omit<SearchFound, 'unreadable'>);
