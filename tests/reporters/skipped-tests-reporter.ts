import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** A test that takes minutes says `slow: set ORDER_LOAD_SLOW_TESTS=1`, and may be skipped even in CI. */
const SLOW = /^slow: /;

/**
 * Fails the run over tests that did not run: in CI over any skipped test but the slow ones, elsewhere
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
        if (reason === undefined || (inCi && !SLOW.test(reason))) process.exitCode = 1;
      }
    }
  }
}
