import type { Shell } from './shell.ts';

/** Asks for a yes at the terminal. `otherwise` is the answer where nobody can be asked. */
export async function confirm(shell: Shell, words: string, otherwise: boolean): Promise<boolean> {
  if (shell.prompt === undefined) return otherwise;
  const prompt = shell.prompt();
  try {
    return /^y(es)?$/i.test((await prompt.ask(`${words} [y/N] `))?.trim() ?? '');
  } finally {
    prompt.close();
  }
}
