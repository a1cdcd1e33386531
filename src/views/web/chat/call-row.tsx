import { Wrench } from 'lucide-react';
import { useId, useState } from 'react';
import type { CallPart } from '../data/types.ts';
import { useNow } from '../hooks/use-now.ts';
import { QuestionsOf } from '../question/task-questions.tsx';
import { StatusIcon } from '../task/status-icon.tsx';
import type { Look } from '../task/view.ts';
import { indentedJson } from '../text/arguments.ts';
import { formatDuration, formatElapsed } from '../text/duration.ts';
import { Alert } from '../ui/alert.tsx';
import { Output } from '../ui/output.tsx';
import { TaskChip } from './task-chip.tsx';
import { ToolRowHead } from './tool-row-head.tsx';

const LOOKS: Readonly<Record<Exclude<CallPart['state'], 'task'>, Look>> = {
  open: 'running',
  completed: 'good',
  failed: 'bad',
  cancelled: 'cancelled',
};
const WORDS = { open: 'running', completed: 'completed', failed: 'failed', cancelled: 'cancelled' } as const;

interface CallRowProps {
  readonly call: CallPart;
  onOpenTask(taskId: string): void;
}

/** One use of a tool, on one line; opens to its arguments and output. Once it is a task, a live chip stands in it. */
export function CallRow({ call, onOpenTask }: CallRowProps) {
  const [open, setOpen] = useState(false);
  const body = useId();
  const name = `${call.server}.${call.tool}`;
  return (
    <div className="w-full overflow-hidden rounded-xl border border-line bg-raised shadow-card">
      <div className="flex min-h-10 items-center gap-1 pr-2">
        <ToolRowHead
          icon={Wrench}
          name={name}
          args={call.arguments}
          open={open}
          controls={body}
          onToggle={() => setOpen(!open)}
          className="rounded-xl py-2"
        />
        {call.state === 'task' ? (
          call.taskId !== undefined && <TaskChip taskId={call.taskId} onOpen={onOpenTask} />
        ) : (
          <span className="flex shrink-0 items-center gap-1.5 px-1 text-xs text-muted tabular-nums">
            <CallTime call={call} />
            <StatusIcon look={LOOKS[call.state]} />
            <span className="sr-only">{WORDS[call.state]}</span>
          </span>
        )}
      </div>
      {call.state === 'task' && call.taskId !== undefined && <QuestionsOf taskId={call.taskId} />}
      {call.failure !== undefined && !open && (
        <p className="border-t border-line px-3 py-2 text-sm break-words text-bad">{call.failure.message}</p>
      )}
      <div id={body} hidden={!open} className="border-t border-line">
        {open && <CallBody call={call} />}
      </div>
      {!open && call.state === 'completed' && call.preview !== undefined && call.preview.trim() !== '' && (
        <div className="border-t border-line bg-sunken">
          <Output bare text={call.preview} label={`Output of ${name}`} />
        </div>
      )}
    </div>
  );
}

function CallBody({ call }: { readonly call: CallPart }) {
  const name = `${call.server}.${call.tool}`;
  return (
    <div className="flex flex-col gap-3 p-3">
      {call.failure !== undefined && <Alert kind="bad">{call.failure.message}</Alert>}
      <div>
        <h4 className="pb-1 text-xs font-medium text-muted">Arguments</h4>
        <Output text={indentedJson(call.arguments)} label={`Arguments of ${name}`} />
      </div>
      {call.preview !== undefined && (
        <div>
          <h4 className="pb-1 text-xs font-medium text-muted">Output</h4>
          <Output text={call.preview} label={`Output of ${name}`} />
        </div>
      )}
    </div>
  );
}

function CallTime({ call }: { readonly call: CallPart }) {
  const now = useNow(call.state === 'open');
  if (call.durationMs !== undefined) return formatDuration(call.durationMs);
  return call.state === 'open' ? formatElapsed(now - Date.parse(call.startedAt)) : null;
}
