import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../data/api.ts';
import { errorWords } from '../../data/client.ts';
import type { Observable } from '../../data/observable.ts';
import { records } from '../../data/records.ts';
import type { HookAddress, ServerView } from '../../data/types.ts';
import { useObservable, useRecord, useRecords } from '../../hooks/use-record.ts';
import { Alert } from '../../ui/alert.tsx';
import { HookKeysDialog } from '../hook-keys-dialog.tsx';
import { FormBar } from './form-bar.tsx';
import { FormContext } from './form-context.ts';
import type { OpenForm } from './forms.ts';
import { RulesFields } from './rules/rules-fields.tsx';
import { SampleField } from './sample-field.tsx';
import type { Saved } from './save.ts';
import { errorsLeft } from './state/errors-left.ts';
import type { FormState } from './state/form-state.ts';
import { sampleEvent } from './state/placeholders.ts';
import { type FormErrors, type ReadForm, readForm } from './state/to-draft.ts';
import { summaryOf } from './summary.ts';
import { TriedRun } from './try-now.tsx';
import { placed, usePreview } from './use-preview.ts';
import { WhatFields } from './what/what-fields.tsx';
import { WhenFields } from './when/when-fields.tsx';

const connected = (all: readonly ServerView[]): readonly ServerView[] =>
  all.filter(({ state }) => state !== 'removed').sort((a, b) => (a.name < b.name ? -1 : 1));

interface AssignmentFormProps {
  readonly open: Observable<OpenForm>;
  readonly isInChat?: boolean;
  /** @throws as `request` does */
  save(read: ReadForm): Promise<Saved>;
  /** It was saved: what was typed need not be kept. */
  onSaved(): void;
}

/** The three parts of an assignment, what comes of them in one sentence, and a run to try it with. */
export function AssignmentForm({ open, isInChat = false, save, onSaved }: AssignmentFormProps) {
  const navigate = useNavigate();
  const { form, errors } = useObservable(open);
  const servers = useRecords('server', connected);
  const session = useRecord('session', form.sessionId === '' ? undefined : form.sessionId);
  const box = useRef<HTMLFormElement>(null);
  const read = useMemo(() => readForm(form, servers), [form, servers]);
  const understood = usePreview(read);
  const [busy, setBusy] = useState<'save' | 'try'>();
  const [problem, setProblem] = useState<string>();
  const [tried, setTried] = useState<string>();
  const [told, setTold] = useState<{ id: string; keys: HookAddress }>();

  const shown = useRef(errors);
  useEffect(() => {
    if (errors === shown.current) return;
    const isNew = Object.keys(errors).length > Object.keys(shown.current).length;
    shown.current = errors;
    if (isNew) box.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [errors]);

  const change = (part: Partial<FormState>): void => {
    const now = open.get();
    const after = { ...now.form, ...part };
    open.set({ form: after, errors: errorsLeft(now.errors, part, readForm(after, servers).errors) });
  };
  const refuse = (wrong: FormErrors, words?: string): void => {
    open.set({ ...open.get(), errors: wrong });
    setProblem(words);
  };
  const attempt = async (what: 'save' | 'try', work: () => Promise<void>): Promise<void> => {
    if (busy !== undefined) return;
    setProblem(undefined);
    if (Object.keys(read.errors).length > 0) {
      refuse(read.errors, 'Something is still missing; see above.');
      return;
    }
    setBusy(what);
    try {
      await work();
      open.set({ ...open.get(), errors: {} });
    } catch (error) {
      const wrong = placed(error);
      const isShown = Object.keys(wrong).length > 0 && unplaced(wrong).length === 0;
      refuse(wrong, isShown ? 'Something is not as it has to be; see above.' : errorWords(error));
    } finally {
      setBusy(undefined);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt('save', async () => {
      const { assignment, keys } = await save(read);
      records.put('assignment', [assignment], 'answer');
      records.flush();
      onSaved();
      if (keys !== undefined) setTold({ id: assignment.id, keys });
      else await show(assignment.id);
    });
  };
  const tryNow = (): void => {
    const sample = sampleOf(form);
    if (sample === undefined) {
      refuse({ event: 'JSON with a type and an object of data' });
      return;
    }
    void attempt('try', async () => {
      setTried(undefined);
      setTried((await api.tryAssignment(read.draft, form.when === 'event' ? sample : undefined)).taskId);
    });
  };
  const show = (assignmentId: string): Promise<void> =>
    navigate({ to: '/assignments/$assignmentId', params: { assignmentId } });

  const warnings = understood.preview?.warnings ?? [];
  const elsewhere = unplaced(understood.errors);
  return (
    <FormContext value={{ form, errors: { ...understood.errors, ...errors }, servers, change }}>
      <form ref={box} onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="mx-auto flex w-full max-w-3xl flex-col gap-4 p-4 sm:p-6">
            <WhenFields understood={understood} />
            <WhatFields warnings={warnings} />
            <RulesFields madeTitle={understood.preview?.title ?? ''} isInChat={isInChat} />
            <SampleField />
            {[problem, understood.problem, ...elsewhere].filter(Boolean).map((words) => (
              <Alert key={words} kind="bad">
                {words}
              </Alert>
            ))}
            {tried !== undefined && <TriedRun taskId={tried} />}
          </div>
        </div>
        <FormBar
          summary={summaryOf(read.draft, understood.preview, session?.title)}
          busy={busy}
          onTry={tryNow}
        />
      </form>
      {told !== undefined && <HookKeysDialog keys={told.keys} onClose={() => void show(told.id)} />}
    </FormContext>
  );
}

/** What is shown at no field of the form. */
const unplaced = (errors: FormErrors): readonly string[] =>
  Object.entries(errors)
    .filter(([field]) => !/^(trigger|work|title|rules|sessionId)/.test(field))
    .map(([field, words]) => `${field}: ${words}`);

function sampleOf(form: FormState): { type: string; data: object } | undefined {
  if (form.sample.trim() === '') return sampleEvent(form);
  try {
    const { type, data = {} } = JSON.parse(form.sample) as { type?: unknown; data?: unknown };
    return typeof type === 'string' && typeof data === 'object' && data !== null ? { type, data } : undefined;
  } catch {
    return undefined;
  }
}
