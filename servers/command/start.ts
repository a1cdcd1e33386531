import { runServer } from '../runtime/run-server.ts';
import { OPTIONS } from './options.ts';
import { commandServer } from './server.ts';

await runServer({ options: OPTIONS, define: commandServer });
