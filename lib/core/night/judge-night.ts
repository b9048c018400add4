import { EXIT } from '../errors/user-error.ts';
import type { Night, NightComparison, NightRun } from './night.ts';
import { nightRole } from './night-plan.ts';

/** What follows a run: the next one, the same once more, or the end of the night. */
export function afterRun({ scenario, exitCode, purpose }: NightRun, wasTriedBefore: boolean) {
  if (exitCode === EXIT.pass) return 'next';
  // A target that breaks its contract is not worth a night of load.
  if (exitCode === EXIT.sloMissed) {
    return nightRole(scenario) === 'gate' && purpose !== 'confirm' ? 'end' : 'next';
  }
  if (exitCode === EXIT.invalid && !wasTriedBefore) return 'again';
  return 'end';
}

const JUDGING: readonly (number | null)[] = [EXIT.pass, EXIT.sloMissed, EXIT.invalid];

/** The runs that count: an INVALID one that was made again does not. */
export function countedRuns(runs: readonly NightRun[]): readonly NightRun[] {
  return runs.filter((_, position) => runs[position + 1]?.purpose !== 'again');
}

/**
 * The exit code of a night. A run that could not be made says it all; then comes what is proven (a
 * missed service level, a confirmed regression), then a look back that failed, then what proves nothing.
 */
export function nightExitCode(night: Night): number {
  const { runs, confirmed, suspected, lookBackExitCode, interruptedExitCode } = night;
  if (interruptedExitCode !== null) return interruptedExitCode;
  const counted = countedRuns(runs);
  const broken = counted.find(({ exitCode }) => !JUDGING.includes(exitCode));
  if (broken !== undefined) return broken.exitCode ?? EXIT.environment;
  const isMissed = counted.some(({ exitCode }) => exitCode === EXIT.sloMissed);
  if (isMissed || (confirmed ?? []).length > 0) return EXIT.sloMissed;
  if (lookBackExitCode !== null) return lookBackExitCode;
  const isOpen = suspected.length > 0 && confirmed === null;
  if (isOpen || counted.some(({ exitCode }) => exitCode === EXIT.invalid)) return EXIT.invalid;
  return EXIT.pass;
}

/** The night in one sentence. */
export function nightHeadline(night: Night): string {
  const { suspected, confirmed } = night;
  if (night.interruptedExitCode !== null)
    return 'interrupted; this is what was measured until then';
  const counted = countedRuns(night.runs);
  const named = (code: number) => [
    ...new Set(counted.filter((run) => run.exitCode === code).map(({ scenario }) => scenario)),
  ];
  const missed = named(EXIT.sloMissed);
  const exitCode = nightExitCode(night);
  if (exitCode === EXIT.sloMissed) {
    return [
      ...(missed.length > 0
        ? [`${missed.join(' and ')} missed a service level or the contract`]
        : []),
      ...(confirmed !== null && confirmed.length > 0
        ? [`a regression was seen, and seen again when run once more: ${metricsOf(confirmed)}`]
        : []),
    ].join('; ');
  }
  if (exitCode === EXIT.invalid) {
    const invalid = named(EXIT.invalid);
    return invalid.length > 0
      ? `${invalid.join(' and ')} proved nothing, twice`
      : 'a regression is suspected, and no rerun came to its end';
  }
  if (exitCode !== EXIT.pass) {
    const broken = counted.find((run) => !JUDGING.includes(run.exitCode));
    return broken === undefined
      ? `the runs were made, but looking back failed (exit code ${exitCode}; see below)`
      : `${broken.scenario} could not be run (exit code ${exitCode})`;
  }
  if (suspected.length > 0) {
    return `every service level was met; a suspected regression (${metricsOf(suspected)}) was not seen again when run once more`;
  }
  return isCompared(night.comparison)
    ? 'every service level was met, and steady is not worse than its history'
    : 'every service level was met; whether anything got worse cannot be said yet (see below)';
}

function isCompared(comparison: NightComparison): boolean {
  return !('notMade' in comparison) && ['no-change', 'improve'].includes(comparison.verdict);
}

function metricsOf(suspicions: Night['suspected']): string {
  return [...new Set(suspicions.map(({ scenario, metric }) => `${scenario} ${metric}`))].join(', ');
}
