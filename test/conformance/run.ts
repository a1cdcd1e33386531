import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runServerScenarios, SERVER_SCENARIOS } from './servers.ts';
import { clientScenarios, installSuite, type Outcome, runClientScenario } from './suite.ts';

/*
 * Runs the official conformance suite, every scenario for clients against a real host, and those that concern the
 * bundled servers against what they share: `run.ts [--report FILE] [SCENARIO…]`. Each scenario
 * passes, or stands in expected.json with the reason why not; one that stands there and passes is a fault too.
 */

const AT_ONCE = 2;

const { values, positionals } = parseArgs({
  options: { report: { type: 'string' } },
  allowPositionals: true,
});
const expected = JSON.parse(readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8')) as Record<
  string,
  { readonly outcome: Outcome['outcome']; readonly reason: string }
>;

const folder = mkdtempSync(join(tmpdir(), 'meanwhile-conformance-suite-'));
process.env.TMPDIR = folder; // what a client leaves behind when it is cut off goes with it
try {
  const suite = await installSuite(folder);
  const clients = await clientScenarios(suite);
  const all = [...clients, ...SERVER_SCENARIOS];
  const unknown = [...positionals, ...Object.keys(expected)].filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`the suite has no scenario ${unknown.join(', ')}`);
  const wanted = positionals.length > 0 ? positionals : all;
  const outcomes = [
    ...(await runClients(
      suite,
      wanted.filter((name) => clients.includes(name)),
    )),
    ...(await runServerScenarios(
      suite,
      wanted.filter((name) => SERVER_SCENARIOS.includes(name)),
    )),
  ];
  const wrong = outcomes.filter((each) => !isAsExpected(each));
  const passed = outcomes.filter(({ outcome }) => outcome === 'passed').length;
  for (const { scenario, output } of wrong) console.log(`\n--- ${scenario}\n${output}`);
  for (const { scenario, outcome, checks } of outcomes) {
    const note = expected[scenario] === undefined ? '' : `  (expected: ${expected[scenario].reason})`;
    console.log(`${outcome.padEnd(13)} ${checks.padStart(7)}  ${scenario}${note}`);
  }
  console.log(
    `\n${outcomes.length} scenarios: ${passed} passed, ${outcomes.length - passed - wrong.length} as expected, ${wrong.length} wrong`,
  );
  if (values.report !== undefined)
    writeFileSync(
      values.report,
      JSON.stringify({ numPassedTests: passed, numFailedTests: wrong.length, numFailedTestSuites: 0 }),
    );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A few at a time; each of them waits more than it works. */
async function runClients(suite: string, scenarios: readonly string[]): Promise<Outcome[]> {
  const outcomes = new Map<string, Outcome>();
  const left = [...scenarios];
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      outcomes.set(next, await runClientScenario(suite, next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return scenarios.flatMap((scenario) => outcomes.get(scenario) ?? []);
}

function isAsExpected({ scenario, outcome }: Outcome): boolean {
  return outcome === (expected[scenario]?.outcome ?? 'passed');
}
