import { ChevronRight, RotateCw, Trash2 } from 'lucide-react';
import { memo, type ReactNode, useState } from 'react';
import { api } from '../data/api.ts';
import { errorWords } from '../data/client.ts';
import { records } from '../data/records.ts';
import { showToast } from '../data/toasts.ts';
import type { ServerView } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { useRecord } from '../hooks/use-record.ts';
import { StatusWord } from '../task/status-word.tsx';
import { formatRoughly } from '../text/duration.ts';
import { plainText } from '../text/plain.ts';
import { formatMoment } from '../text/when.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Output } from '../ui/output.tsx';
import { Switch } from '../ui/switch.tsx';
import { SignInNeeded, SignOut } from './server-sign-in.tsx';
import { generationWords, STATE_LOOK, STATE_WORDS, TRANSPORT_WORDS } from './server-words.ts';
import { ServerSettings, SettingsSummary } from './settings/server-settings.tsx';
import { TestServer } from './test-server.tsx';
import { ToolList } from './tool-list.tsx';

export const ServerCard = memo(function ServerCard({ name }: { readonly name: string }) {
  const server = useRecord('server', name);
  const [busy, setBusy] = useState(false);
  if (server === undefined) return null;
  /** Does what was asked; the feed tells what came of it, a refusal is shown as a note. */
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    try {
      const after = await work();
      if (isServer(after)) records.put('server', [after], 'answer');
    } catch (error) {
      showToast(`${name}: ${errorWords(error)}`, { kind: 'error' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className="rounded-xl border border-line bg-raised shadow-card">
      <div className="flex items-start gap-3 p-4">
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h2 className="text-md font-semibold tracking-tight">{server.title ?? server.name}</h2>
            <StatusWord look={STATE_LOOK[server.state]} word={STATE_WORDS[server.state]} />
          </div>
          <p className="mt-0.5 truncate font-mono text-xs text-muted" title={server.target}>
            {server.target}
          </p>
          {server.description !== undefined && <p className="mt-2 text-sm text-soft">{server.description}</p>}
          <Facts server={server} />
          <SettingsSummary server={server} />
        </div>
        <Switch
          label={`${server.title ?? server.name} on`}
          checked={server.enabled}
          disabled={busy}
          onCheckedChange={(enabled) => void act(() => api.setServerEnabled(name, enabled))}
        />
      </div>
      {server.signIn === 'needed' && <SignInNeeded server={server} />}
      {server.state === 'failed' && server.signIn !== 'needed' && (
        <Trouble server={server} busy={busy} onRetry={() => void act(() => api.retryServer(name))} />
      )}
      <div className="border-t border-line">
        {server.tools.length > 0 && (
          <Fold title={`${server.tools.length} ${server.tools.length === 1 ? 'tool' : 'tools'}`}>
            <ToolList server={server} />
          </Fold>
        )}
        {server.stderrTail !== undefined && server.stderrTail.trim() !== '' && (
          <Fold title="What it wrote to its error output">
            <Output text={server.stderrTail} label={`Error output of ${name}`} />
          </Fold>
        )}
        <div className="flex flex-wrap justify-end px-2 py-1.5">
          {server.signIn === 'done' && (
            <SignOut server={server} onSignOut={() => void act(() => api.signOutOfServer(name))} />
          )}
          <ServerSettings server={server} />
          {server.enabled && <TestServer server={server} />}
          <Remove server={server} onRemove={() => void act(() => api.removeServer(name))} />
        </div>
      </div>
    </li>
  );
});

function Facts({ server }: { readonly server: ServerView }) {
  const facts = [
    server.title !== undefined && server.title !== server.name && server.name,
    server.serverVersion !== undefined && `version ${server.serverVersion}`,
    TRANSPORT_WORDS[server.transport],
    server.protocolVersion !== undefined && `MCP ${server.protocolVersion}`,
    generationWords(server.generation),
    server.negotiatedAt !== undefined && `found out ${formatMoment(server.negotiatedAt, Date.now())}`,
  ].filter((fact): fact is string => typeof fact === 'string');
  return <p className="mt-2 text-xs text-muted">{facts.join(' · ')}</p>;
}

function Trouble({
  server,
  busy,
  onRetry,
}: {
  readonly server: ServerView;
  readonly busy: boolean;
  onRetry(): void;
}) {
  const now = useNow(server.retryAt !== undefined);
  const waitMs = server.retryAt === undefined ? undefined : Date.parse(server.retryAt) - now;
  return (
    <div className="px-4 pb-4">
      <Alert kind="bad">
        <p className="font-medium whitespace-pre-wrap">
          {plainText(server.error?.message ?? 'It could not be connected.')}
        </p>
        {server.error?.hint !== undefined && <p className="mt-1">{server.error.hint}</p>}
        <div className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button size="sm" onClick={onRetry} disabled={busy}>
            <RotateCw className="size-3.5" aria-hidden />
            Retry now
          </Button>
          {waitMs !== undefined && (
            <span className="text-xs tabular-nums">
              {waitMs > 500 ? `tries again in ${formatRoughly(waitMs)}` : 'trying again…'}
              {server.attempts !== undefined &&
                server.attempts > 1 &&
                ` · ${server.attempts} attempts so far`}
            </span>
          )}
        </div>
      </Alert>
    </div>
  );
}

function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="group/fold border-b border-line">
      <summary className="flex items-center gap-2 px-4 py-2.5 text-sm font-medium text-soft select-none hover:text-ink">
        <ChevronRight
          className="size-3.5 text-muted transition-transform group-open/fold:rotate-90"
          aria-hidden
        />
        {title}
      </summary>
      <div className="px-4 pb-4">{children}</div>
    </details>
  );
}

function Remove({ server, onRemove }: { readonly server: ServerView; onRemove(): void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="ghost"
        size="sm"
        className="text-muted"
        onClick={() => setOpen(true)}
        aria-label={`Remove ${server.title ?? server.name}`}
      >
        <Trash2 className="size-3.5" aria-hidden />
        Remove
      </Button>
      <Confirm
        open={open}
        onOpenChange={setOpen}
        title={`Remove ${server.title ?? server.name}?`}
        action="Remove"
        onConfirm={onRemove}
      >
        It is taken out of mcp.json and disconnected. Work that it is doing right now ends with it. Its past
        tasks stay.
      </Confirm>
    </>
  );
}

/** Some answers carry the server as it is now, some nothing. */
function isServer(answer: unknown): answer is ServerView {
  return typeof answer === 'object' && answer !== null && 'seq' in answer && 'tools' in answer;
}
