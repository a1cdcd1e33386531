import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Outcome, runServerScenario } from './suite.ts';

const SERVER = join(import.meta.dirname, '../../servers/runtime/test/conformance-server.ts');

/**
 * What concerns the bundled servers. Others want tools, prompts and resources that only a sample has; of tasks,
 * `tasks-required-task-error` wants a tool that refuses plain calls, and `tasks-mrtr-composition` one that asks before
 * its task begins: ours has neither, since it serves every client and asks within the task.
 */
export const SERVER_SCENARIOS: readonly string[] = [
  'tasks-lifecycle',
  'tasks-capability-negotiation',
  'tasks-wire-fields',
  'tasks-request-state-removal',
  'tasks-mrtr-input',
  'tasks-request-headers',
  'tasks-dispatch-and-envelope',
  'http-header-validation',
];

export async function runServerScenarios(suite: string, scenarios: readonly string[]): Promise<Outcome[]> {
  if (scenarios.length === 0) return [];
  const server = spawn(process.execPath, [SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [url] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
    const outcomes: Outcome[] = [];
    for (const scenario of scenarios) outcomes.push(await runServerScenario(suite, scenario, url));
    return outcomes;
  } finally {
    server.kill();
  }
}
