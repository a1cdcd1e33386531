import { Bot, Wrench } from 'lucide-react';
import { useId, useState } from 'react';
import type { ApprovalPart, CallPart, UsePart } from '../../data/types.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useRecord } from '../../hooks/use-record.ts';
import { QuestionsOf } from '../../question/task-questions.tsx';
import { StatusIcon } from '../../task/status-icon.tsx';
import { indentedJson } from '../../text/arguments.ts';
import { formatDuration, formatElapsed } from '../../text/duration.ts';
import { Output } from '../../ui/output.tsx';
import { TaskChip } from '../task-chip.tsx';
import { ToolRowHead } from '../tool-row-head.tsx';
import { BackgroundLine } from './background-line.tsx';
import { isOwnTool, standOf, titleOfUse } from './use-words.ts';

interface UseRowProps {
  readonly use: UsePart;
  readonly approval: ApprovalPart | undefined;
  /** Its turn does not go on. */
  readonly turnOver: boolean;
  onOpenTask(taskId: string): void;
}

/** One use of a tool by the assistant, on one line. Once it is a task, it shows how that goes. */
export function UseRow({ use, approval, turnOver, onOpenTask }: UseRowProps) {
  const [open, setOpen] = useState(false);
  const body = useId();
  const call = useCall(use);
  const taskId = use.taskId ?? call?.taskId;
  const title = titleOfUse(use);
  const stand = standOf(use, call, approval?.state, turnOver);
  return (
    <li>
      <div className="flex min-h-9 items-center gap-1 pr-2">
        <ToolRowHead
          icon={isOwnTool(use) ? Bot : Wrench}
          name={title}
          args={use.arguments}
          open={open}
          controls={body}
          onToggle={() => setOpen(!open)}
          className="rounded-lg py-1.5"
        />
        {taskId !== undefined ? (
          <TaskChip taskId={taskId} onOpen={onOpenTask} />
        ) : (
          <span className="flex min-w-20 shrink-0 items-center justify-end gap-1.5 px-1 text-xs text-muted tabular-nums">
            {stand.look === 'cancelled' || stand.look === 'needs' ? (
              stand.word
            ) : (
              <span className="sr-only">{stand.word}</span>
            )}
            <UseTime call={call} />
            <StatusIcon look={stand.look} />
          </span>
        )}
      </div>
      {taskId !== undefined && <BackgroundLine taskId={taskId} detached={use.state === 'background'} />}
      {taskId !== undefined && <QuestionsOf taskId={taskId} />}
      <div id={body} hidden={!open}>
        {open && <UseBody use={use} call={call} title={title} />}
      </div>
    </li>
  );
}

function UseBody({
  use,
  call,
  title,
}: {
  readonly use: UsePart;
  readonly call: CallPart | undefined;
  readonly title: string;
}) {
  const output = call?.preview ?? use.told?.text;
  return (
    <div className="flex flex-col gap-3 px-3 pt-1 pb-3">
      <div>
        <h4 className="pb-1 text-xs font-medium text-muted">Arguments</h4>
        <Output text={indentedJson(use.arguments)} label={`Arguments of ${title}`} />
      </div>
      {output !== undefined && (
        <div>
          <h4 className="pb-1 text-xs font-medium text-muted">What the assistant was told</h4>
          <Output text={output} label={`Output of ${title}`} />
        </div>
      )}
    </div>
  );
}

/** The call that came of it: it stands in a message of its own. */
function useCall(use: UsePart): CallPart | undefined {
  const message = useRecord('message', use.messageId);
  return message?.parts.find((part): part is CallPart => part.type === 'call');
}

function UseTime({ call }: { readonly call: CallPart | undefined }) {
  const now = useNow(call?.state === 'open');
  if (call === undefined) return null;
  if (call.durationMs !== undefined) return formatDuration(call.durationMs);
  return call.state === 'open' ? formatElapsed(now - Date.parse(call.startedAt)) : null;
}
