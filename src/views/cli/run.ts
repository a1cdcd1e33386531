import { CommanderError } from 'commander';
import { VERSION } from '../../base/version.ts';
import { errorText } from './error-text.ts';
import { EXIT, exitStatusOfError } from './exit-status.ts';
import { program } from './program.ts';
import { shellOf } from './terminal/shell.ts';

/** The reader of our output may leave early (`| head`): then we leave too, quietly. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.ok);
    throw error;
  });
}

const commands = program({
  version: VERSION,
  env: process.env,
  shell: () => shellOf(process, commands.opts().color),
  ended: (status) => {
    process.exitCode = status;
  },
});

try {
  await commands.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else {
    process.stderr.write(errorText(error));
    process.exitCode = exitStatusOfError(error);
  }
}
