import { spawn } from 'node:child_process';
import { openCommand } from './open-command.ts';

/** Opens an address in the browser. @returns whether the command that does so could be started */
export function openLink(link: string): Promise<boolean> {
  const [command, ...args] = openCommand(process.platform, link);
  const opener = spawn(command, args, { stdio: 'ignore', detached: true });
  return new Promise((tell) => {
    opener.on('error', () => tell(false));
    opener.on('spawn', () => tell(true));
    opener.unref();
  });
}
