import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { ServerView, SettingValue } from '../../data/types.ts';
import { plainText } from '../../text/plain.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { SettingsDialog } from './settings-dialog.tsx';

/** *Settings* on a server's card. */
export function ServerSettings({ server }: { readonly server: ServerView }) {
  const [open, setOpen] = useState(false);
  if (server.settings === undefined || server.settings.fields.length === 0) return null;
  return (
    <>
      <Button
        variant="ghost"
        size="sm"
        className="text-muted"
        aria-label={`Settings of ${server.title ?? server.name}`}
        onClick={() => setOpen(true)}
      >
        <SlidersHorizontal className="size-3.5" aria-hidden />
        Settings
      </Button>
      {open && <SettingsDialog server={server} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The folders and files that a server is given, as they are; and why nothing can be set, where that is so. */
export function SettingsSummary({ server }: { readonly server: ServerView }) {
  const { fields = [], problem } = server.settings ?? {};
  if (problem !== undefined)
    return server.state === 'failed' ? null : (
      <div className="mt-2">
        <Alert kind="bad">{plainText(problem)}</Alert>
      </div>
    );
  const paths = fields.filter(
    ({ type, value }) => (type === 'directory' || type === 'file') && value !== undefined,
  );
  if (paths.length === 0) return null;
  return (
    <dl className="mt-2 flex flex-col gap-0.5 text-xs">
      {paths.map(({ name, title, value, expanded }) => (
        <div key={name} className="flex gap-1.5">
          <dt className="shrink-0 text-muted">{plainText(title)}</dt>
          <dd className="min-w-0 font-mono break-all text-soft">{written(expanded ?? value ?? '')}</dd>
        </div>
      ))}
    </dl>
  );
}

const written = (value: SettingValue): string =>
  plainText(typeof value === 'object' ? value.join(', ') || 'none' : String(value));
