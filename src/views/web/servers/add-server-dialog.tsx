import { Plus } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { type FormEvent, useId, useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords, fieldErrors } from '../data/client.ts';
import { records } from '../data/records.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import { EMPTY_FORM, type FormErrors, placeErrors, readServerForm, type ServerForm } from './server-form.ts';

export function AddServer() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus className="size-4" aria-hidden />
        Add server
      </Button>
      {open && <AddServerDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function AddServerDialog({ onClose }: { onClose(): void }) {
  const id = useId();
  const [form, setForm] = useState<ServerForm>(EMPTY_FORM);
  const [errors, setErrors] = useState<FormErrors & { rest?: string }>({});
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const read = readServerForm(form);
    if ('errors' in read) return setErrors(read.errors);
    setBusy(true);
    setErrors({});
    try {
      records.put('server', [await api.addServer(read.body)], 'answer');
      onClose();
    } catch (error) {
      const placed = placeErrors(fieldErrors(error));
      setErrors(Object.keys(placed).length > 0 ? placed : { rest: errorWords(error) });
    } finally {
      setBusy(false);
    }
  };
  const bind = (name: Exclude<keyof ServerForm, 'kind'>) => ({
    value: form[name],
    error: errors[name],
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title="Add server"
      description="It is written to mcp.json and connected at once."
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            Not now
          </Button>
          <Button type="submit" form={id} variant="primary" disabled={busy}>
            {busy ? 'Adding…' : 'Add'}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {errors.rest !== undefined && <Alert kind="bad">{errors.rest}</Alert>}
        <ToggleGroup.Root
          type="single"
          aria-label="Kind of server"
          value={form.kind}
          onValueChange={(kind) => kind !== '' && setForm({ ...form, kind: kind as ServerForm['kind'] })}
          className="grid grid-cols-2 rounded-lg border border-line bg-sunken p-0.5"
        >
          {(['stdio', 'http'] as const).map((kind) => (
            <ToggleGroup.Item
              key={kind}
              value={kind}
              className="h-8 rounded-md text-sm font-medium text-muted data-[state=on]:bg-raised data-[state=on]:text-ink data-[state=on]:shadow-card data-[state=on]:ring-1 data-[state=on]:ring-line-strong"
            >
              {kind === 'stdio' ? 'Program on this machine' : 'Address (HTTP)'}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
        <TextField
          label="Name"
          placeholder="files"
          hint="Letters, digits, - and _. Its tools are called /name.tool."
          {...bind('name')}
        />
        {form.kind === 'stdio' ? (
          <>
            <TextField
              label="Command line"
              placeholder="npx -y @modelcontextprotocol/server-everything"
              hint="The program runs with your rights. Add only what you trust."
              className="font-mono"
              {...bind('commandLine')}
            />
            <TextArea
              label="Environment (optional)"
              placeholder="API_KEY=${MY_KEY}"
              hint="One NAME=value on each line. ${VAR} is filled in from the host's environment."
              {...bind('env')}
            />
          </>
        ) : (
          <>
            <TextField
              label="Address"
              type="url"
              placeholder="https://example.com/mcp"
              className="font-mono"
              {...bind('url')}
            />
            <TextArea
              label="Headers (optional)"
              placeholder="Authorization: Bearer ${TOKEN}"
              hint="One Name: value on each line. ${VAR} is filled in from the host's environment."
              {...bind('headers')}
            />
          </>
        )}
      </form>
    </Dialog>
  );
}
