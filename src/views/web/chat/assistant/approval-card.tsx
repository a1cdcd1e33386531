import { ShieldQuestion, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { errorWords } from '../../data/client.ts';
import type { ApprovalPart, Message } from '../../data/types.ts';
import { useRecord } from '../../hooks/use-record.ts';
import { indentedJson } from '../../text/arguments.ts';
import { firstLine } from '../../text/plain.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { Output } from '../../ui/output.tsx';
import { focusComposer } from '../focus-composer.ts';
import { answerApproval } from './act.ts';
import { annotationWords } from './annotation-words.ts';
import { isOwnTool, toolName } from './use-words.ts';

interface ApprovalCardProps {
  readonly part: ApprovalPart;
  readonly message: Message;
}

/** A use that waits for a yes: which tool exactly, with what, and what it says of itself. */
export function ApprovalCard({ part, message }: ApprovalCardProps) {
  const server = useRecord('server', part.server);
  const tool = server?.tools.find(({ name }) => name === part.tool);
  const own = isOwnTool(part);
  const about = own
    ? { words: 'It changes what Meanwhile does on its own.', grave: part.tool.startsWith('delete') }
    : annotationWords(tool?.annotations);
  const name = toolName(part);
  const empty = Object.keys(part.arguments).length === 0;
  return (
    <section
      aria-label={`Asks to use ${name}`}
      data-approval
      className="w-full overflow-hidden rounded-xl border border-needs/50 bg-raised shadow-card"
    >
      <div className="flex gap-3 p-4">
        <ShieldQuestion className="mt-0.5 size-4.5 shrink-0 text-needs" aria-hidden />
        <div className="flex min-w-0 flex-1 flex-col gap-2.5">
          <div>
            <h3 className="text-sm font-semibold break-words">
              May the assistant use <code className="font-mono text-[0.95em]">{name}</code>?
            </h3>
            {tool?.description !== undefined && (
              <p className="mt-0.5 line-clamp-2 text-sm text-soft">
                {server?.title ?? part.server}: {firstLine(tool.description)}
              </p>
            )}
          </div>
          {empty ? (
            <p className="text-sm text-muted">It takes no arguments.</p>
          ) : (
            <Output text={indentedJson(part.arguments)} label={`Arguments of ${name}`} />
          )}
          <p className={cx('flex items-start gap-1.5 text-xs', about.grave ? 'text-bad' : 'text-muted')}>
            {about.grave && <TriangleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />}
            {about.words}
          </p>
        </div>
      </div>
      <Decision part={part} message={message} />
    </section>
  );
}

function Decision({ part, message }: ApprovalCardProps) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const name = toolName(part);
  const answer = async (allow: boolean, remember?: 'tool'): Promise<void> => {
    setBusy(true);
    setRefused(undefined);
    try {
      await answerApproval(message, part.callId, { allow, ...(remember && { remember }) });
      focusNext();
    } catch (error) {
      setRefused(errorWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3">
      <Button size="sm" variant="primary" disabled={busy} data-first onClick={() => void answer(true)}>
        Allow once
      </Button>
      <Button
        size="sm"
        disabled={busy}
        title={`${name} is not asked for again, in any chat. It can be taken back in the settings.`}
        onClick={() => void answer(true, 'tool')}
      >
        Always allow this tool
      </Button>
      <Button size="sm" variant="ghost" disabled={busy} onClick={() => void answer(false)}>
        Decline
      </Button>
      {refused !== undefined && (
        <p role="alert" className="min-w-0 flex-1 basis-full text-xs break-words text-bad">
          {refused}
        </p>
      )}
    </div>
  );
}

/** The card that was answered is gone: the focus goes to the next one, or back to where one writes. */
function focusNext(): void {
  requestAnimationFrame(() => {
    const next = document.querySelector<HTMLElement>('[data-approval] [data-first]');
    if (next === null) focusComposer();
    else next.focus();
  });
}
