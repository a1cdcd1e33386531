import type { Task } from '../data/types.ts';
import { useRecord } from '../hooks/use-record.ts';
import { QuestionCard } from './question-card.tsx';

/** What a task asks, one below the other in the order in which it was asked. */
export function TaskQuestions({ task }: { readonly task: Task }) {
  const questions = openQuestions(task);
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
  const questions = task === undefined ? [] : openQuestions(task);
  if (task === undefined || questions.length === 0) return null;
  return (
    <div className="divide-y divide-needs/50 border-t border-needs/50">
      {questions.map((question) => (
        <QuestionCard key={`${question.key} ${question.askedAt}`} task={task} question={question} bare />
      ))}
    </div>
  );
}

const openQuestions = (task: Task) => (task.status === 'input_required' ? (task.input ?? []) : []);
