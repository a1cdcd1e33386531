import type { ApprovalPart, Message, MessagePart, TurnStep, UsePart } from '../../data/types.ts';
import { plainText } from '../../text/plain.ts';
import { AnswerText } from './answer-text.tsx';
import { ApprovalCard } from './approval-card.tsx';
import { ContextNote } from './context-note.tsx';
import type { Place } from './place.ts';
import { Reasoning } from './reasoning.tsx';
import { TurnFoot } from './turn-foot.tsx';
import { UseRow } from './use-row.tsx';

interface StepViewProps {
  readonly message: Message;
  readonly turn: TurnStep;
  readonly place: Place;
  onOpenTask(taskId: string): void;
}

/** One step of the assistant: what it thought and said, the tools it asked for, and how its turn stands. */
export function StepView({ message, turn, place, onOpenTask }: StepViewProps) {
  const { parts } = message;
  const approvals = parts.filter((part) => part.type === 'approval');
  const live = turn.state === 'running' && turn.endedAt === undefined;
  const over = turn.state !== 'running' && turn.state !== 'waiting';
  return (
    <>
      {groups(parts).map((group, at, all) => {
        if (Array.isArray(group))
          return (
            <UseList
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of a message keep their places
              key={at}
              uses={group}
              approvals={approvals}
              turnOver={over}
              onOpenTask={onOpenTask}
            />
          );
        return (
          <Piece
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a message keep their places
            key={at}
            part={group}
            message={message}
            turn={turn}
            growing={live && at === all.length - 1}
            first={at === 0}
          />
        );
      })}
      <TurnFoot message={message} turn={turn} place={place} />
    </>
  );
}

type Group = Exclude<MessagePart, UsePart> | UsePart[];

/** Uses that stand together are shown together. */
function groups(parts: readonly MessagePart[]): readonly Group[] {
  const all: Group[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.type !== 'use') all.push(part);
    else if (Array.isArray(last)) last.push(part);
    else all.push([part]);
  }
  return all;
}

function UseList({
  uses,
  approvals,
  turnOver,
  onOpenTask,
}: {
  readonly uses: readonly UsePart[];
  readonly approvals: readonly ApprovalPart[];
  readonly turnOver: boolean;
  onOpenTask(taskId: string): void;
}) {
  const approvalOf = (use: UsePart) => approvals.find(({ callId }) => callId === use.callId);
  // What waits for a yes is shown by its question.
  const shown = uses.filter((use) => approvalOf(use)?.state !== 'open');
  if (shown.length === 0) return null;
  return (
    <ul
      aria-label="Tools used"
      className="w-full divide-y divide-line overflow-hidden rounded-xl border border-line bg-raised shadow-card"
    >
      {shown.map((use) => (
        <UseRow
          key={use.callId}
          use={use}
          approval={approvalOf(use)}
          turnOver={turnOver}
          onOpenTask={onOpenTask}
        />
      ))}
    </ul>
  );
}

interface PieceProps {
  readonly part: Exclude<MessagePart, UsePart>;
  readonly message: Message;
  readonly turn: TurnStep;
  /** It is what is being said right now. */
  readonly growing: boolean;
  readonly first: boolean;
}

function Piece({ part, message, turn, growing, first }: PieceProps) {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? null : <AnswerText text={part.text} growing={growing} />;
    case 'reasoning':
      return <Reasoning text={part.text} growing={growing} startedAt={first ? turn.startedAt : undefined} />;
    case 'approval':
      return part.state === 'open' ? <ApprovalCard part={part} message={message} /> : null;
    case 'notice':
      return part.code === 'summary' ? (
        <ContextNote
          words="What was said before was summarised, to keep within what the model can read at once"
          summary={part.text}
        />
      ) : (
        <ContextNote words={plainText(part.text)} />
      );
    default:
      return null; // calls, cards and ends stand in messages of their own
  }
}
