import { renderInterval } from './compare-cost.ts';
import {
  type LoadSetup,
  type Percentiles,
  runBare,
  runSuite,
  type SideResult,
} from './load-sides.ts';
import { medianInterval } from './median-interval.ts';

const STATS = ['p50', 'p95', 'p99'] as const;

interface Round {
  readonly bare: SideResult;
  readonly suite: SideResult;
  /** The suite with k6's exact statistics, which cost k6 more CPU. */
  readonly exact: SideResult;
}

/**
 * Compares the latency that each side measures with that of a server that logs its own: prints the difference from the
 * server in ms, and the ratio of the suite to the bare script, in interleaved rounds.
 */
export async function compareLatency(setup: LoadSetup, rounds: number): Promise<void> {
  const finished: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    finished.push(await runRound(setup, round));
    const { bare, suite, exact } = finished.at(-1) as Round;
    console.log(`round ${round}`);
    console.log(`  bare          ${renderSide(bare.measured, bare)}`);
    console.log(
      `  suite         ${renderSide(suite.measured, suite)}  late p99 ${(suite.generator?.latenessMs?.p99 ?? Number.NaN).toFixed(1)} ms`,
    );
    console.log(`  suite --exact ${renderSide(exact.measured, exact)}`);
    console.log(`    k6's exact  ${renderSide(exact.exact, exact)}`);
  }
  for (const stat of STATS) {
    const value = (percentiles: Percentiles | null) => percentiles?.[stat] ?? Number.NaN;
    const off = (side: SideResult, percentiles: Percentiles | null) =>
      value(percentiles) - value(side.server.serviceMs);
    console.log(`${stat}`);
    console.log(
      `  bare − server   ${difference(finished.map(({ bare }) => off(bare, bare.measured)))}`,
    );
    console.log(
      `  suite − server  ${difference(finished.map(({ suite }) => off(suite, suite.measured)))}`,
    );
    console.log(
      `  suite / bare    ${renderInterval(finished.map(({ bare, suite }) => value(suite.measured) / value(bare.measured)))}`,
    );
    console.log(
      `  report / exact  ${renderInterval(finished.map(({ exact }) => value(exact.measured) / value(exact.exact)))}  (the same run)`,
    );
  }
}

/** Runs one round. Each round starts with a different side. */
async function runRound(setup: LoadSetup, round: number): Promise<Round> {
  const runs = {
    bare: () => runBare(setup, true),
    suite: () => runSuite(setup, false),
    exact: () => runSuite(setup, true),
  };
  const names = Object.keys(runs) as (keyof Round)[];
  const results: Partial<Record<keyof Round, SideResult>> = {};
  for (let i = 0; i < names.length; i += 1) {
    const name = names[(i + round) % names.length] as keyof Round;
    results[name] = await runs[name]();
  }
  return results as Round;
}

function renderSide(measured: Percentiles | null, { server }: SideResult): string {
  return STATS.map((stat) => {
    const [ours, truth] = [measured?.[stat], server.serviceMs?.[stat]];
    return `${stat} ${ours?.toFixed(2)} (server ${truth?.toFixed(2)})`;
  }).join('  ');
}

function difference(values: readonly number[]): string {
  const { median, low, high } = medianInterval(values);
  return `${median.toFixed(2)} ms (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
