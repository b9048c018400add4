import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Fails the run over tests that did not run: in CI over any skipped test, elsewhere over one that
 * gives no reason (`context.skip('needs …')`). A run that was narrowed by a name is left alone.
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
        if (inCi || reason === undefined) process.exitCode = 1;
      }
    }
  }
}
