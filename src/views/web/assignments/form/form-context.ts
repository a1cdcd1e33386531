import { createContext, useContext } from 'react';
import type { FormState } from './state/form-state.ts';
import type { FormErrors, Servers } from './state/to-draft.ts';

/** What the parts of the form read, and how they change it. */
export interface FormAccess {
  readonly form: FormState;
  readonly errors: FormErrors;
  readonly servers: Servers;
  change(part: Partial<FormState>): void;
}

export const FormContext = createContext<FormAccess | undefined>(undefined);

export function useForm(): FormAccess {
  const access = useContext(FormContext);
  if (access === undefined) throw new Error('outside of an assignment form');
  return access;
}
