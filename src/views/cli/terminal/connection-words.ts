/** Said plainly, once per break. */
export const LOST = 'Connection lost, reconnecting.';
export const BACK = 'Connected again.';
