import type { Task } from '../data/types.ts';
import { useRecord } from '../hooks/use-record.ts';
import { QuestionCard } from './question-card.tsx';

/** What a task asks, one below the other in the order in which it was asked. */
export function TaskQuestions({ task }: { readonly task: Task }) {
  const questions = task.status === 'input_required' ? (task.input ?? []) : [];
  if (questions.length === 0) return null;
  return (
    <div className="flex flex-col gap-3">
      {questions.map((question) => (
        <QuestionCard key={`${question.key} ${question.askedAt}`} task={task} question={question} />
      ))}
    </div>
  );
}

/** The same in the chat, at the place of the call that became the task. */
export function QuestionsOf({ taskId }: { readonly taskId: string }) {
  const task = useRecord('task', taskId);
  return task === undefined || task.status !== 'input_required' ? null : (
    <div className="border-t border-line p-3">
      <TaskQuestions task={task} />
    </div>
  );
}
