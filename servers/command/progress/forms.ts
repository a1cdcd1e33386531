import { ARCHIVERS } from './archivers.ts';
import { BUILDERS } from './builders.ts';
import type { Form } from './form.ts';
import { countOf, percentOf } from './general.ts';
import { TRANSFERS } from './transfers.ts';

/** Every form that is recognised, the strongest first. */
export const FORMS: readonly Form[] = [...TRANSFERS, ...ARCHIVERS, ...BUILDERS, percentOf, countOf].sort(
  (a, b) => b.strength - a.strength,
);
