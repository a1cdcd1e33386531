import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CASES } from './cases.ts';
import { installOpencode } from './install-opencode.ts';

/*
 * The agent server with the real OpenCode, which talks to a model of ours over HTTP: `run.ts [--report FILE]`. It is
 * installed into a temporary folder, because a coding agent is not among our dependencies.
 */

const { values } = parseArgs({ options: { report: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'meanwhile-opencode-'));
process.env.TMPDIR = folder; // what it leaves behind goes with it
let failed = 0;
try {
  const bin = await installOpencode(folder);
  for (const { name, check } of CASES) {
    const startedMs = performance.now();
    const problem: unknown = await check(bin).then(
      () => undefined,
      (error) => error,
    );
    if (problem !== undefined) failed++;
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
    console.log(`${problem === undefined ? 'passed' : 'FAILED'}  ${seconds.padStart(5)} s  ${name}`);
    if (problem !== undefined) console.log(problem instanceof Error ? problem.message : problem);
  }
  console.log(`\n${CASES.length - failed} passed, ${failed} failed`);
  if (values.report !== undefined) {
    const report = { numPassedTests: CASES.length - failed, numFailedTests: failed, numFailedTestSuites: 0 };
    writeFileSync(values.report, JSON.stringify(report));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
