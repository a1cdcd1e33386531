import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Whether a terminal shows what is typed. It does not while a password is asked for; a program that draws its input
 * itself (readline, an editor) has switched off whole lines too and is not meant.
 */
export async function hidesInput(terminal: string): Promise<boolean> {
  try {
    const flag = process.platform === 'linux' ? '-F' : '-f';
    const { stdout } = await promisify(execFile)('stty', [flag, terminal, '-a'], { timeout: 2_000 });
    return /(?:^|\s)-echo(?:\s|;|$)/m.test(stdout) && /(?:^|\s)icanon(?:\s|;|$)/m.test(stdout);
  } catch {
    return false;
  }
}
