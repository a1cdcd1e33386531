import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientScenarios, installSuite, type Outcome, runScenario } from './suite.ts';

/*
 * Runs the official conformance suite against a real host: `run.ts [--report FILE] [SCENARIO…]`. Each scenario
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
  const all = await clientScenarios(suite);
  const unknown = [...positionals, ...Object.keys(expected)].filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`the suite has no scenario ${unknown.join(', ')}`);
  const outcomes = await runAll(suite, positionals.length > 0 ? positionals : all);
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
async function runAll(suite: string, scenarios: readonly string[]): Promise<Outcome[]> {
  const outcomes = new Map<string, Outcome>();
  const left = [...scenarios];
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      outcomes.set(next, await runScenario(suite, next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return scenarios.flatMap((scenario) => outcomes.get(scenario) ?? []);
}

function isAsExpected({ scenario, outcome }: Outcome): boolean {
  return outcome === (expected[scenario]?.outcome ?? 'passed');
}
