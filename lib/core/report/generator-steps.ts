import { peakRate } from '../load/stages.ts';
import type { NotSentReason } from '../order/not-sent.ts';
import type { NextStep } from '../text/statement.ts';
import { type EndedRun, rateText, runAgain, runAtRate } from './ended-run.ts';
import { groupDigits } from './format-figure.ts';
import { heldUpBy } from './generator-reasons.ts';
import { givenValue } from './run-command.ts';

/** What to do about orders that the load generator could not send. */
export function droppedStep({ report, evidence }: EndedRun): NextStep {
  const { plan, generator } = evidence;
  const [first] = generator.notSent ?? [];
  const bound = plan.inFlightBound;
  if (first === undefined) return slower({ report, evidence }, 'Use a larger machine');
  if (first.why === 'inFlight' && plan.inFlightLimit !== undefined) {
    const { what, mend } = plan.inFlightLimit;
    return runAgain(
      report,
      `Up to ${groupDigits(bound)} orders may have to be in flight at once, but ${what}: ${mend}, or lower the rate`,
      plan.maxInFlight < bound && givenValue(report, 'maxInFlight') !== null
        ? { maxInFlight: String(bound) }
        : {},
    );
  }
  if (first.why === 'inFlight' && plan.maxInFlight >= bound) {
    return runAgain(
      report,
      `Allow more than ${groupDigits(plan.maxInFlight)} orders in flight, or a shorter --timeout`,
      {
        maxInFlight: String(2 * plan.maxInFlight),
      },
    );
  }
  if (first.why === 'inFlight' || first.why === 'virtualUsers') {
    const isStarting = first.why === 'virtualUsers' && plan.maxInFlight >= bound;
    return isStarting
      ? runAgain(
          report,
          `Let k6 create its virtual users before the load (preAllocatedVUs: ${bound}), or start orders from an event loop (docs/your-own-scenario.md)`,
        )
      : runAgain(report, `Allow ${groupDigits(bound)} orders in flight, or lower the rate`, {
          maxInFlight: String(bound),
        });
  }
  return runAgain(report, OF_MACHINE[first.why](bound));
}

/** What to do about a load generator that was too late or too busy. */
export function lateStep(run: EndedRun): NextStep {
  switch (heldUpBy(run.evidence.generator)) {
    case 'quota':
      return slower(run, 'Raise the CPU quota of the container');
    case 'itself':
      return slower(run, 'Use a larger machine or more --clients');
    case 'others':
    case null:
      return runAgain(run.report, 'Run again on an otherwise idle machine, or at a lower rate');
  }
}

/** What helps the generator, or half the rate. */
export function slower({ report }: EndedRun, text: string): NextStep {
  const half = peakRate(report.load.stages) / 2;
  return runAtRate(report, `${text}, or lower the rate, such as to ${rateText(half)}/s`, half);
}

const OF_MACHINE: Readonly<
  Record<Exclude<NotSentReason, 'inFlight' | 'virtualUsers'>, (bound: number) => string>
> = {
  overdue: () =>
    'Run again on an otherwise idle machine that does not go to sleep, or at a lower rate',
  descriptors: (bound) =>
    `Raise the limit of open files (ulimit -n ${Math.max(65_536, 2 * bound)}), and run again`,
  ports: () =>
    'Widen the range of local ports (sysctl -w net.ipv4.ip_local_port_range="1024 65535"), or lower the rate',
  memory: () => 'Use a machine with more memory, or lower the rate',
  nameServer: () => 'Repair the name server of this machine, or name --target by its IP address',
  network: () => 'Repair the network or the firewall of this machine, and run again',
  proxy: () => 'Correct HTTPS_PROXY and HTTP_PROXY, or list the host in NO_PROXY',
  request: () =>
    'Read in k6.log which header or address is wrong, correct it (--header, --bearer-env, --api-key-env, or headers in the config), and run again',
};
