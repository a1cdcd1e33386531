import { turnNews } from '../chat/assistant/turn-news.ts';
import { milestone } from '../task/milestone.ts';
import { isEnded } from '../task/view.ts';
import { ownCancels } from './cancel.ts';
import { hostNow } from './host-clock.ts';
import { createObservable } from './observable.ts';
import { records } from './records.ts';
import { showToast } from './toasts.ts';

/** What a screen reader is told next. */
export const announcement = createObservable('');

/** Tells of milestones aloud, and of ends elsewhere with a quiet note. `inView`: what the reader looks at. */
export function startAnnouncing(inView: () => string | 'all tasks' | 'assignments' | undefined): void {
  records.watchTasks((before, after) => {
    const words = milestone(before, after, hostNow());
    if (words === undefined) return;
    announcement.set(words);
    const view = inView();
    if (!isEnded(after)) return;
    // One's own stop is no news; the true end of what was given up is.
    const own = ownCancels.delete(after.id);
    if (own || view === 'all tasks' || view === after.sessionId) return;
    // The end of a part is told with the end of the whole; on their own pages runs are in view.
    if (after.parentId !== undefined) return;
    if (view === 'assignments' && after.source.assignmentId !== undefined) return;
    showToast(words, { taskId: after.id, sessionId: after.sessionId });
  });
  records.watchMessages((before, after) => {
    const words = turnNews(before, after);
    if (words === undefined || inView() === after.sessionId) return;
    const title = records.get('session', after.sessionId)?.title;
    showToast(title === undefined ? words : `${title}: ${words}`, { sessionId: after.sessionId });
  });
}
