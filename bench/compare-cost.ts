import { type LoadSetup, runBare, runSuite, type SideResult } from './load-sides.ts';
import { medianInterval } from './median-interval.ts';

/**
 * Compares the suite's CPU per order with that of the bare script, in pairs. Prints each pair, then the median of the
 * pairs' ratios with its interval, for k6 alone and with the receiver. Pairs are interleaved (AB BA AB …). With
 * `beside`, a setup with its own server and folder for the bare script, both sides run at the same time, so other load
 * on the machine affects both.
 */
export async function compareCost(
  setup: LoadSetup,
  pairs: number,
  beside: LoadSetup | null,
): Promise<void> {
  const ratios: { k6: number; total: number }[] = [];
  console.log('pair  first  bare µs  suite k6 µs  wrapper µs  ratio k6  ratio total  late p99 ms');
  for (let pair = 1; pair <= pairs; pair += 1) {
    const bareFirst = pair % 2 === 1;
    const [bare, suite] =
      beside === null
        ? await alternately(setup, bareFirst)
        : await Promise.all([runBare(beside, false), runSuite(setup, false)]);
    const bareUs = perOrderUs(bare, bare.k6CpuSeconds);
    const k6Us = perOrderUs(suite, suite.k6CpuSeconds);
    const wrapperUs = perOrderUs(suite, suite.wrapperCpuSeconds);
    const ratio = { k6: k6Us / bareUs, total: (k6Us + wrapperUs) / bareUs };
    ratios.push(ratio);
    console.log(
      [
        String(pair).padStart(4),
        (beside !== null ? 'both' : bareFirst ? 'bare' : 'suite').padStart(5),
        bareUs.toFixed(0).padStart(7),
        k6Us.toFixed(0).padStart(11),
        wrapperUs.toFixed(0).padStart(10),
        ratio.k6.toFixed(3).padStart(8),
        ratio.total.toFixed(3).padStart(11),
        (suite.generator?.latenessMs?.p99 ?? Number.NaN).toFixed(1).padStart(11),
        ordersNote(setup, bare, suite),
      ].join('  '),
    );
  }
  console.log(`k6 alone:      ${renderInterval(ratios.map(({ k6 }) => k6))}`);
  console.log(`k6 + receiver: ${renderInterval(ratios.map(({ total }) => total))}`);
}

async function alternately(setup: LoadSetup, bareFirst: boolean) {
  const early = bareFirst ? await runBare(setup, false) : null;
  const suite = await runSuite(setup, false);
  return [early ?? (await runBare(setup, false)), suite] as const;
}

/** Renders `median 0.850, 95% interval 0.82 to 0.88`, with the exact coverage of the interval. */
export function renderInterval(values: readonly number[]): string {
  const { median, low, high, count, coverage } = medianInterval(values);
  const covers = `covers ${(coverage * 100).toFixed(1)}%, n = ${count}`;
  return `median ${median.toFixed(3)}, 95% interval ${low.toFixed(3)} to ${high.toFixed(3)} (${covers})`;
}

function perOrderUs({ server }: SideResult, cpuSeconds: number): number {
  return (cpuSeconds / server.orders) * 1e6;
}

/** A note if a side could not send what it should: then the ratio is not reliable. */
function ordersNote(setup: LoadSetup, bare: SideResult, suite: SideResult): string {
  const planned = setup.ratePerSecond * setup.seconds;
  const short = [bare, suite].some(({ server }) => server.orders < planned * 0.99);
  return short ? `(${bare.server.orders} and ${suite.server.orders} of ${planned} orders)` : '';
}
