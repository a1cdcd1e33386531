import { createObservable, type Observable } from './observable.ts';

/** A small choice of the reader that outlives the page: kept in localStorage, or in memory where that is closed. */
export function createPreference<T>(
  name: string,
  initial: T,
  valid: (value: unknown) => value is T,
): Observable<T> {
  const key = `meanwhile.${name}`;
  const preference = createObservable(read() ?? initial);
  preference.subscribe(() => {
    try {
      const value = preference.get();
      localStorage.setItem(key, typeof value === 'string' ? value : JSON.stringify(value));
    } catch {
      // Private mode: the choice holds until the page is closed.
    }
  });
  return preference;

  function read(): T | undefined {
    try {
      const text = localStorage.getItem(key);
      if (text === null) return undefined;
      if (valid(text)) return text;
      const value: unknown = JSON.parse(text);
      return valid(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
}

export type Theme = 'light' | 'dark' | 'system';

/** `theme.js` reads the same key before the first paint. */
export const theme = createPreference<Theme>(
  'theme',
  'system',
  (value): value is Theme => value === 'light' || value === 'dark' || value === 'system',
);

const darkSystem = matchMedia('(prefers-color-scheme: dark)');

export function startTheme(): void {
  const apply = (): void => {
    const choice = theme.get();
    const dark = choice === 'dark' || (choice === 'system' && darkSystem.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  };
  theme.subscribe(apply);
  darkSystem.addEventListener('change', apply);
  apply();
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

export const PANEL_MIN_PX = 300;
export const PANEL_MAX_PX = 620;
export const panelWidth = createPreference('panel.width', 372, isNumber);
export const panelOpen = createPreference('panel.open', true, isBoolean);
