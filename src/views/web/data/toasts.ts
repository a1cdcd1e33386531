import { createObservable } from './observable.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'note' | 'error';
  /** Where a click leads: the task that it is about. */
  readonly taskId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** What can be done about it, such as taking it back. */
  readonly action?: { readonly label: string; run(): void } | undefined;
}

export const toasts = createObservable<readonly Toast[]>([]);
const SHOWN_MS = 7_000;
let lastId = 0;

/** Shows a short note at the edge of the page for some seconds; at most three at a time. */
export function showToast(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): void {
  const toast: Toast = { kind: 'note', ...more, id: ++lastId, text };
  toasts.set([...toasts.get(), toast].slice(-3));
  setTimeout(() => closeToast(toast.id), SHOWN_MS);
}

export function closeToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}
