import { existsSync, readFileSync } from 'node:fs';

/** How many commands failed, and the results of the test runs, without `.json`. */
const [problems, ...results] = process.argv.slice(2);

/** Counts from vitest's JSON report; a test file that could not even be loaded counts as one failure. */
function readCounts(file) {
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const total = { passed: 0, failed: 0, skipped: 0 };
let ok = problems === '0';
for (const result of results) {
  const counts = readCounts(`${result}.json`);
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (counts.passed + counts.failed === 0) console.log(`No test was run: ${result}`);
  if (counts.passed === 0 || counts.failed > 0) ok = false;
}
const { passed, failed, skipped } = total;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = ok ? 0 : 1;
