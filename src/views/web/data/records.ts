import { createRecordStore } from './record-store.ts';

/** All records of the page. A batch becomes visible at the next frame; in a hidden tab, where no frames come, soon. */
export const records = createRecordStore((flush) => {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    flush();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, 200);
});
