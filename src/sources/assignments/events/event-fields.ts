import type { AcceptedEvent } from '../../../assignment/run.ts';

/**
 * An event as filters and templates see it: the fields of its data, and `id`, `type`, `at` and `data` of its own, which
 * come before fields of the same name.
 */
export const eventFields = ({ id, type, at, data }: AcceptedEvent): Readonly<Record<string, unknown>> => ({
  ...data,
  id,
  type,
  at,
  data,
});
