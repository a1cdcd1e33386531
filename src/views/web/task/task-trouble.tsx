import type { Task } from '../data/types.ts';
import { plainText } from '../text/plain.ts';
import { Alert } from '../ui/alert.tsx';
import { FailureText } from './failure-text.tsx';
import { contactWords, stopWords } from './stop.ts';
import { isActive } from './view.ts';

/** Whatever is not as it should be, and how it stands with a stop that was asked for. */
export function TaskTrouble({ task, now }: { readonly task: Task; readonly now: number }) {
  const { failure, delivery, cancel, contactLost } = task;
  const contact = contactWords(task);
  const stop = stopWords(task, now);
  const said = plainText(task.statusMessage ?? '').trim();
  return (
    <>
      {failure !== undefined && (
        <Alert kind="bad">
          <FailureText failure={failure} beside={task.result?.preview} />
        </Alert>
      )}
      {contact !== undefined && (
        <Alert kind="note">
          <p className="font-medium">{contact}.</p>
          <p className="mt-0.5">
            Whether the work goes on cannot be seen now. {plainText(contactLost?.note ?? '')}
          </p>
        </Alert>
      )}
      {stop !== undefined && (
        <Alert kind="note">
          <p className="font-medium">{stop}.</p>
          {isActive(task) && cancel.note !== undefined && !sameWords(cancel.note, stop) && (
            <p className="mt-0.5">{plainText(cancel.note)}</p>
          )}
        </Alert>
      )}
      {task.status === 'lost' && (
        <Alert kind="note">
          <p>{said === '' ? LOST_WORDS : said}</p>
        </Alert>
      )}
      {task.status !== 'lost' && !isActive(task) && said !== '' && (
        <p className="text-sm text-soft">{said}</p>
      )}
      {isActive(task) && cancel.support === 'none' && (
        <p className="text-xs text-muted">
          This work cannot be asked to stop: its server does not support it.
        </p>
      )}
      {isActive(task) && cancel.support === 'force' && (
        <p className="text-xs text-muted">
          This work does not stop when asked. It ends only with its server.
        </p>
      )}
      {delivery.state === 'undeliverable' && (
        <Alert kind="note">The result could not be put into its chat. {delivery.error}</Alert>
      )}
    </>
  );
}

const LOST_WORDS =
  'Nobody can know now how it ended: it may have done its work, or be at it still. If the truth turns up later, it is shown here and told in its chat.';

/** A note that says what our words say already ("The tool goes on although it was asked to stop."). */
const sameWords = (note: string, words: string): boolean =>
  note.toLowerCase().includes(words.toLowerCase()) || words.toLowerCase().includes(note.toLowerCase());
