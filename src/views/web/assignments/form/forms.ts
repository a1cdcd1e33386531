import { createObservable, type Observable } from '../../data/observable.ts';
import type { FormState } from './state/form-state.ts';

/** A form that is being filled in, and what the host found wrong with it when it was sent. */
export interface OpenForm {
  readonly form: FormState;
  /** By field, as the API names them. */
  readonly errors: Readonly<Record<string, string>>;
}

/** Kept beside the components: what was typed is still there when one comes back to the page. */
const forms = new Map<string, Observable<OpenForm>>();

export function openForm(key: string, first: () => FormState): Observable<OpenForm> {
  const known = forms.get(key);
  if (known !== undefined) return known;
  const opened = createObservable<OpenForm>({ form: first(), errors: {} });
  forms.set(key, opened);
  return opened;
}

export const forgetForm = (key: string): void => void forms.delete(key);
