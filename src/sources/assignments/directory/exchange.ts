import { z } from 'zod';
import type { Assignment } from '../../../assignment/assignment.ts';
import { draftOf } from '../../../assignment/draft-of.ts';
import { AppError } from '../../../base/errors.ts';
import { fieldErrors, inOneSentence } from '../../../base/field-errors.ts';
import type { Store } from '../../../store/ports.ts';
import type { AssignmentDirectory, AssignmentDraft } from '../../assignment-directory.ts';
import type { KeptDirectory } from './directory.ts';

const PAGE = 200;
const MAX_IMPORTED = 10_000;

const File = z.object({
  meanwhile: z.literal('assignments', 'a file of exported assignments'),
  version: z.literal(1, 'version 1'),
  assignments: z.array(z.unknown(), 'a list').max(MAX_IMPORTED, `at most ${MAX_IMPORTED} assignments`),
});

/** Assignments as a file, to be kept or moved to another host. */
export function createExchange({
  store,
  directory,
}: {
  store: Pick<Store, 'assignments'>;
  directory: KeptDirectory;
}): Pick<AssignmentDirectory, 'export' | 'import'> {
  async function all(): Promise<Assignment[]> {
    const found: Assignment[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await store.assignments.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
      found.push(...page.assignments);
      cursor = page.nextCursor;
      if (cursor === undefined) return found;
    }
  }

  return {
    async export() {
      return { meanwhile: 'assignments', version: 1, assignments: (await all()).map(draftOf) };
    },
    async import(file) {
      const checked = File.safeParse(file);
      if (!checked.success) {
        const fields = fieldErrors(checked.error);
        throw new AppError('invalid_request', inOneSentence(fields), { fields });
      }
      const known = new Set((await all()).map((assignment) => JSON.stringify(draftOf(assignment))));
      let made = 0;
      const skipped: { title: string; why: string }[] = [];
      for (const draft of checked.data.assignments) {
        if (known.has(JSON.stringify(draft))) {
          skipped.push({ title: titleIn(draft), why: 'It is there already.' });
          continue;
        }
        try {
          const { assignment } = await directory.create(draft as AssignmentDraft, 'person');
          await directory.change(assignment.id, { state: 'paused' });
          made += 1;
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          skipped.push({ title: titleIn(draft), why: error.detail });
        }
      }
      return { made, skipped };
    },
  };
}

const titleIn = (draft: unknown): string =>
  typeof draft === 'object' && draft !== null && 'title' in draft
    ? String(draft.title).slice(0, 200)
    : '(no title)';
