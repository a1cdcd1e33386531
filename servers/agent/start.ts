import { runServer } from '../runtime/run-server.ts';
import { OPTIONS } from './options.ts';
import { agentServer } from './server.ts';

await runServer({ options: OPTIONS, define: (settings) => agentServer(settings) });
