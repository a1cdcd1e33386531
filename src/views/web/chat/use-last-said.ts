import { useMemo } from 'react';
import { records } from '../data/records.ts';
import type { Row } from './assistant/place.ts';

/** The newest message of the chat that a person wrote. */
export const useLastSaid = (rows: readonly Row[]): string | undefined =>
  useMemo(() => rows.findLast(({ id }) => records.get('message', id)?.role === 'user')?.id, [rows]);
