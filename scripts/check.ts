import { availableParallelism } from 'node:os';
import pc from 'picocolors';
import { $ } from 'zx/core';
import { runMain } from '../lib/app/cli/run-main.ts';
import { EXIT } from '../lib/core/config/user-error.ts';
import { GATES, type Gate } from './check-gates.ts';

/** Runs one gate, prints its line and, when it failed, all it said. */
async function passes(gate: Gate): Promise<boolean> {
  const start = performance.now();
  const quiet = $({ nothrow: true, quiet: true, preferLocal: true });
  const result = await quiet`${gate.command}`;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const ok = result.exitCode === 0;
  const verdict = ok ? pc.green('ok    ') : pc.red('FAILED');
  console.log(
    `${verdict} ${gate.name.padEnd(9)} ${seconds.padStart(5)} s  ${gate.command.join(' ')}`,
  );
  if (!ok) console.log(`${result.stdout}${result.stderr}`);
  return ok;
}

/** Runs every gate, a few at a time, and says how many failed. */
async function check(): Promise<number> {
  const waiting: Gate[] = [...GATES];
  let failed = 0;
  const worker = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) {
      if (!(await passes(gate))) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  console.log(
    failed === 0
      ? `All ${GATES.length} checks passed.`
      : `${failed} of ${GATES.length} checks failed.`,
  );
  return failed;
}

runMain(process, async () => {
  const failedChecks = await check();
  if (!process.argv.includes('--with-tests')) return failedChecks === 0 ? EXIT.pass : 1;
  // The tests run even when a check failed: one run tells everything there is to mend.
  const tests = await $({ nothrow: true, stdio: 'inherit', preferLocal: true })`vitest run`;
  if (failedChecks > 0)
    console.log(
      `The tests ended with ${tests.exitCode ?? tests.signal}, but ${failedChecks} checks failed (above).`,
    );
  return failedChecks === 0 && tests.exitCode === 0 ? EXIT.pass : 1;
});
