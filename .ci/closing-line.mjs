import { existsSync, readFileSync } from 'node:fs';

const [resultsFile, testExitCode] = process.argv.slice(2);

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

const { passed, failed, skipped } = readCounts(resultsFile);
const ok = testExitCode === '0' && failed === 0 && passed > 0;
if (testExitCode !== '0') console.log(`npm test ended with exit code ${testExitCode}.`);
if (passed + failed === 0) console.log('No test was run.');
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = ok ? 0 : 1;
