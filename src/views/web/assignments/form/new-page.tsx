import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../data/api.ts';
import { errorWords } from '../../data/client.ts';
import { records } from '../../data/records.ts';
import type { ServerView } from '../../data/types.ts';
import { useRecords } from '../../hooks/use-record.ts';
import { AssignmentForm } from './assignment-form.tsx';
import { exampleForm } from './example-form.ts';
import { type NewSearch, readNewSearch } from './examples.ts';
import { forgetForm, openForm } from './forms.ts';
import { PageFrame } from './page-frame.tsx';
import { saveNew } from './save.ts';
import { emptyForm, type FormState } from './state/form-state.ts';
import { formDraftOf, formOf } from './state/from-draft.ts';
import { ownZone } from './when/zones.ts';

/** A new assignment: from nothing, from an example, or like another one. */
export function NewAssignmentPage() {
  const search = readNewSearch(useSearch({ strict: false }));
  const first = useFirst(search);
  return (
    <PageFrame title={search.from === undefined ? 'New assignment' : 'Duplicate of an assignment'}>
      {typeof first === 'object' ? (
        <NewForm key={JSON.stringify(search)} name={JSON.stringify(search)} first={first} />
      ) : (
        <p className="p-6 text-sm text-muted">{first ?? 'Reading…'}</p>
      )}
    </PageFrame>
  );
}

function NewForm({ name, first }: { readonly name: string; readonly first: FormState }) {
  const [open] = useState(() => openForm(`new ${name}`, () => first));
  return (
    <AssignmentForm
      open={open}
      save={({ draft }) => saveNew(draft)}
      onSaved={() => forgetForm(`new ${name}`)}
    />
  );
}

const isSettled = (all: readonly ServerView[]): boolean => !all.some(({ state }) => state === 'connecting');

/** What the form begins with; a text while it is not known, undefined while it is read. */
function useFirst({ from, example }: NewSearch): FormState | string | undefined {
  const isReady = useRecords('server', isSettled); // their tools say how arguments are shown
  const known = useQuery({
    queryKey: ['new assignment', from, example],
    queryFn: async (): Promise<FormState> => {
      const servers = records.all('server');
      if (from !== undefined) {
        const draft = formDraftOf(await api.assignment(from));
        return { ...formOf(draft, servers, ownZone()), title: `Copy of ${draft.title}`.slice(0, 200) };
      }
      return example === undefined
        ? emptyForm(ownZone())
        : exampleForm(example, servers, await api.welcome());
    },
    enabled: isReady || (from === undefined && example === undefined),
    retry: false,
    staleTime: 0,
  });
  return known.error === null ? known.data : errorWords(known.error);
}
