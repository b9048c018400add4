import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Reasons that hold even in CI: minutes of work (`slow: set ORDER_LOAD_SLOW_TESTS=1`), a right that only
 * root has, or measurements that others published and this repository holds no copy of.
 */
const ALLOWED_IN_CI = /^(slow: |needs the right to |needs data of others: )/;

/**
 * Fails the run over tests that did not run: in CI over any other skipped test, elsewhere
 * over one that gives no reason (`context.skip('needs …')`). A run that was narrowed by a name is left
 * alone.
 */
export default class SkippedTestsReporter implements Reporter {
  #narrowed = false;

  onInit(vitest: Vitest): void {
    this.#narrowed = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#narrowed) return;
    const inCi = process.env['CI'] === 'true';
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result();
        const reason = result.state === 'skipped' ? result.note : undefined;
        console.log(
          `skipped: ${test.module.relativeModuleId} > ${test.fullName}: ${reason ?? 'NO REASON GIVEN'}`,
        );
        if (reason === undefined || (inCi && !ALLOWED_IN_CI.test(reason))) process.exitCode = 1;
      }
    }
  }
}
