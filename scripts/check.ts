import pc from 'picocolors';
import { $ } from 'zx/core';
import { GATES } from '../lib/app/check/gates.ts';
import { type GateResult, runGates } from '../lib/app/check/run-gates.ts';
import { runMain } from '../lib/app/cli/run-main.ts';
import { EXIT } from '../lib/core/errors/user-error.ts';

runMain(process, async () => {
  const failed = await runGates(GATES, printResult);
  const summary = failed === 0 ? `All ${GATES.length}` : `${failed} of ${GATES.length}`;
  console.log(`${summary} checks ${failed === 0 ? 'passed' : 'failed'}.`);
  if (!process.argv.includes('--with-tests')) return failed === 0 ? EXIT.pass : 1;
  // The tests run even if a check failed, so one run shows everything there is to fix.
  const tests = await $({ nothrow: true, stdio: 'inherit', preferLocal: true })`vitest run`;
  if (failed > 0) {
    const end = tests.exitCode ?? tests.signal;
    console.log(`The tests ended with ${end}, but ${failed} checks failed (above).`);
  }
  return failed === 0 && tests.exitCode === 0 ? EXIT.pass : 1;
});

function printResult({ gate: { name, command }, ok, seconds, output }: GateResult): void {
  const verdict = ok ? pc.green('ok    ') : pc.red('FAILED');
  const time = seconds.toFixed(1).padStart(5);
  console.log(`${verdict} ${name.padEnd(9)} ${time} s  ${command.join(' ')}`);
  if (!ok) console.log(output);
}
