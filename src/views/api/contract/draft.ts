import { z } from '@hono/zod-openapi';
import * as draft from '../../../sources/assignment-draft.ts';

/*
 * What is said of an assignment, under the names that the contract has for it. Clones: a schema made before the library
 * of the contract was loaded has no `openapi`.
 */

export const PlannedCallSchema = draft.PlannedCallSchema.clone().openapi('PlannedCall');
export const WorkSchema = draft.WorkSchema.clone().openapi('Work');
export const DraftSchema = draft.DraftSchema.clone().openapi('AssignmentDraft');
export const DraftChangeSchema = draft.DraftSchema.partial().openapi('AssignmentDraftChange');

export const PreviewSchema = z
  .object({
    title: z.string(),
    words: z.string().describe('when it fires'),
    next: z.array(z.iso.datetime()).describe('for timers: the next five times'),
    timeZone: z.string(),
    warnings: z.array(z.string()),
  })
  .openapi('AssignmentPreview');
