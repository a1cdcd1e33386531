import type { Form, Reading } from './form.ts';
import { FORMS } from './forms.ts';

/** What is remembered of a run's output between two lines. */
export interface Detected {
  /** The strength of the form that is followed; 0 when none has been recognised. */
  readonly strength: number;
  /** Phases of forms that need confirmation: the newest value, and whether it has grown since it was first seen. */
  readonly sightings: ReadonlyMap<string, { value: number; confirmed: boolean }>;
  /** Figures that forms have noted for later, by the form's name. */
  readonly noted: Readonly<Record<string, number>>;
}

export const NOTHING_DETECTED: Detected = { strength: 0, sightings: new Map(), noted: {} };

const MAX_SIGHTINGS = 32;

/**
 * Reads the next line. A run stays with the form that was recognised first; only a stronger one replaces it (the
 * line of a known program is worth more than any `n/m`), and one program may follow another.
 */
export function detect(before: Detected, line: string): { state: Detected; reading?: Reading } {
  const state = note(before, line);
  for (const form of FORMS) {
    if (form.strength < state.strength) break; // the strongest come first
    const reading = form.read(line, state.noted[form.name]);
    if (reading === 'nothing') break;
    if (!reading) continue;
    const next = { ...state, strength: form.strength };
    if (!form.needsConfirmation) return { state: next, reading };
    return confirm(state, next, form, reading);
  }
  return { state };
}

function note(state: Detected, line: string): Detected {
  for (const form of FORMS) {
    const noted = form.note?.(line);
    if (noted !== undefined) return { ...state, noted: { ...state.noted, [form.name]: noted } };
  }
  return state;
}

function confirm(state: Detected, next: Detected, form: Form, reading: Reading) {
  const key = `${form.name} ${reading.phase} ${reading.total}`;
  const before = state.sightings.get(key);
  const confirmed = before !== undefined && (before.confirmed || reading.value > before.value);
  const entries = [...state.sightings].filter(([known]) => known !== key).slice(1 - MAX_SIGHTINGS);
  const sightings = new Map([...entries, [key, { value: reading.value, confirmed }] as const]);
  return confirmed ? { state: { ...next, sightings }, reading } : { state: { ...state, sightings } };
}
