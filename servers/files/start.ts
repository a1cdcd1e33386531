import { runServer } from '../runtime/run-server.ts';
import { OPTIONS } from './options.ts';
import { filesServer } from './server.ts';

await runServer({ options: OPTIONS, define: filesServer });
