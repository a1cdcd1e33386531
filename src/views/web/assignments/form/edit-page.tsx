import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { errorWords } from '../../data/client.ts';
import { records } from '../../data/records.ts';
import type { Assignment } from '../../data/types.ts';
import { useAssignment } from '../use-assignment.ts';
import { AssignmentForm } from './assignment-form.tsx';
import { forgetForm, openForm } from './forms.ts';
import { PageFrame } from './page-frame.tsx';
import { saveChange } from './save.ts';
import { formDraftOf, formOf } from './state/from-draft.ts';
import { readForm } from './state/to-draft.ts';
import { ownZone } from './when/zones.ts';

/** An assignment that is changed. */
export function EditAssignmentPage() {
  const { assignmentId = '' } = useParams({ strict: false });
  const { assignment, removed, error } = useAssignment(assignmentId);
  return (
    <PageFrame title={assignment === undefined ? 'Edit' : `Edit ${assignment.title}`} backTo={assignmentId}>
      {assignment === undefined ? (
        <p className="p-6 text-sm text-muted">
          {removed !== undefined ? 'It was deleted.' : error === undefined ? 'Reading…' : errorWords(error)}
        </p>
      ) : (
        <EditForm key={assignmentId} assignment={assignment} />
      )}
    </PageFrame>
  );
}

function EditForm({ assignment }: { readonly assignment: Assignment }) {
  // As it was when the form was opened: what changes meanwhile is not typed over.
  const [before] = useState(assignment);
  const [first] = useState(() => {
    const servers = records.all('server');
    return readForm(formOf(formDraftOf(before), servers, ownZone()), servers).draft;
  });
  const name = `edit ${before.id}`;
  const [open] = useState(() =>
    openForm(name, () => formOf(formDraftOf(before), records.all('server'), ownZone())),
  );
  return (
    <AssignmentForm
      open={open}
      isInChat={!before.ownsSession}
      save={({ draft }) => saveChange(assignment, first, draft)}
      onSaved={() => forgetForm(name)}
    />
  );
}
