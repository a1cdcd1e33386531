import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../data/api.ts';
import { errorWords, fieldErrors } from '../../data/client.ts';
import type { AssignmentDraft, Preview } from '../../data/types.ts';
import { useSettled } from '../../hooks/use-settled.ts';
import type { FormErrors, ReadForm } from './state/to-draft.ts';

/** What stands for work that is not complete, so that the time can be understood before. */
const NO_WORK: AssignmentDraft['work'] = { type: 'text', text: 'Something' };

export interface Understood {
  /** Of the last text that was understood; undefined while there is none. */
  readonly preview: Preview | undefined;
  readonly errors: FormErrors;
  /** What is wrong beside the fields. */
  readonly problem: string | undefined;
  /** Something was typed that is not answered yet. */
  readonly isOld: boolean;
}

/** Asks the host, a moment after the last key, what it understands of the form. */
export function usePreview({ draft, errors }: ReadForm): Understood {
  const isWhenReady = !Object.keys(errors).some((field) => field.startsWith('trigger'));
  const isWorkReady = !Object.keys(errors).some((field) => field.startsWith('work'));
  const { title: _title, sessionId: _session, rules: _rules, ...rest } = draft;
  const asked = JSON.stringify(isWorkReady ? draft : { ...rest, work: NO_WORK });
  const settled = useSettled(asked, 300);
  const answer = useQuery({
    queryKey: ['preview', settled],
    queryFn: ({ signal }) => api.previewAssignment(JSON.parse(settled) as AssignmentDraft, signal),
    enabled: isWhenReady,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 10_000,
  });
  if (!isWhenReady) return { preview: undefined, errors: {}, problem: undefined, isOld: false };
  const isOld = settled !== asked || answer.isPlaceholderData || answer.isFetching;
  if (answer.error !== null) {
    const found = placed(answer.error);
    const problem = Object.keys(found).length === 0 ? errorWords(answer.error) : undefined;
    return { preview: undefined, errors: isOld ? {} : found, problem, isOld };
  }
  const preview = answer.data;
  return {
    preview: preview === undefined || isWorkReady ? preview : { ...preview, title: '', warnings: [] },
    errors: {},
    problem: undefined,
    isOld,
  };
}

/** The errors of an answer, by field. */
export const placed = (error: unknown): FormErrors =>
  Object.fromEntries(
    fieldErrors(error).map(({ field, expected }) => [field.replace(/^(draft|change)\./, ''), expected]),
  );
