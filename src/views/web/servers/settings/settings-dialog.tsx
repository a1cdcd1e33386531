import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { api } from '../../data/api.ts';
import { errorWords, fieldErrors, othersOf } from '../../data/client.ts';
import { records } from '../../data/records.ts';
import type { ServerView } from '../../data/types.ts';
import { plainText } from '../../text/plain.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SettingControl } from './setting-control.tsx';
import { changesOf, type DraftEntry, draftOf, NO_ERRORS, placeSettingErrors } from './settings-draft.ts';

type Others = readonly { id: string; title: string }[];

/** The form of what a server can be set to. What was typed stays until it is saved. */
export function SettingsDialog({ server, onClose }: { readonly server: ServerView; onClose(): void }) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  // As they were when the form was opened: what changes meanwhile is not typed over.
  const [{ fields, secrets = [] }] = useState(() => server.settings ?? { fields: [] });
  const [draft, setDraft] = useState(() => draftOf(fields));
  const [errors, setErrors] = useState(NO_ERRORS);
  const [others, setOthers] = useState<Others>();
  const [busy, setBusy] = useState(false);
  const title = server.title ?? server.name;
  const changes = changesOf(fields, draft);
  const isChanged = Object.keys(changes).length > 0;

  useEffect(() => {
    if (errors !== NO_ERRORS)
      form.current?.querySelector<HTMLElement>('[aria-invalid=true], [role=alert]')?.focus();
  }, [errors]);

  const save = async (alsoEnds: Others = []): Promise<void> => {
    setBusy(true);
    setErrors(NO_ERRORS);
    try {
      const ids = alsoEnds.map((other) => other.id);
      records.put('server', [await api.setServerSettings(server.name, changes, ids)], 'answer');
      onClose();
    } catch (error) {
      const named = othersOf(error);
      const placed = placeSettingErrors(fieldErrors(error), draft);
      if (named !== undefined) setOthers(named);
      else if (fieldErrors(error).length > 0) setErrors(placed);
      else setErrors({ ...NO_ERRORS, rest: [errorWords(error)] });
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isChanged && !busy) void save();
  };
  const change = (name: string, entry: DraftEntry): void =>
    setDraft((before) => ({ ...before, [name]: entry }));

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title={`Settings of ${title}`}
      description={server.description}
      footer={
        <>
          <p id={`${id}-does`} className="mr-auto self-center text-xs text-muted max-sm:w-full">
            {server.enabled
              ? 'Saves mcp.json and restarts the server.'
              : 'Saves mcp.json. The server stays off.'}
          </p>
          <Button onClick={onClose} disabled={busy}>
            Not now
          </Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            disabled={busy || !isChanged}
            aria-describedby={`${id}-does`}
          >
            {busy ? 'Saving…' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={id} ref={form} onSubmit={submit} noValidate className="flex flex-col gap-5">
        {errors.rest.length > 0 && (
          <div role="alert" tabIndex={-1}>
            <Alert kind="bad">
              {errors.rest.map((words) => (
                <p key={words}>{words}</p>
              ))}
            </Alert>
          </div>
        )}
        {fields.map((field) => (
          <SettingControl
            key={field.name}
            field={field}
            entry={draft[field.name] ?? ''}
            error={errors.fields[field.name]}
            rowErrors={errors.rows[field.name] ?? {}}
            onChange={(entry) => change(field.name, entry)}
          />
        ))}
        {secrets.length > 0 && (
          <p className="text-xs text-muted">
            Secrets are not set here, but under <code className="font-mono">env</code> in mcp.json:{' '}
            {secrets.map(plainText).join(', ')}.
          </p>
        )}
      </form>
      <Confirm
        open={others !== undefined}
        onOpenChange={(open) => !open && setOthers(undefined)}
        title={`This restarts ${title}`}
        action={others?.length === 1 ? 'Save and end it' : 'Save and end them'}
        keep="Not now"
        onConfirm={() => void save(others)}
      >
        <p>Running on this server, and ended with it:</p>
        <ul className="mt-1.5 flex list-disc flex-col gap-1 pl-5">
          {others?.map((other) => (
            <li key={other.id} className="font-medium break-words text-ink">
              {plainText(other.title)}
            </li>
          ))}
        </ul>
      </Confirm>
    </Dialog>
  );
}
