import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { afterRun } from '../../core/night/judge-night.ts';
import type { NightRun } from '../../core/night/night.ts';
import { type NightScenario, type NightStep, stepEnv } from '../../core/night/night-plan.ts';
import { readRunReport } from '../../node/store/read-run-report.ts';
import type { NightFolders } from './night-folders.ts';
import { type CommandOptions, runCommand } from './run-command.ts';

export interface LoadOptions extends CommandOptions {
  readonly folders: NightFolders;
  readonly say: (line: string) => void;
}

export interface LoadedSteps {
  readonly runs: readonly NightRun[];
  /** Every run that was asked for was made, and told something. */
  readonly isWhole: boolean;
  /** Scenarios of which every run was made, and told something. */
  readonly whole: readonly NightScenario[];
  readonly notRun: readonly NightScenario[];
}

/** Makes the runs of some steps; the first that leaves nothing to go on with ends them. */
export async function loadSteps(
  steps: readonly NightStep[],
  purpose: 'first' | 'confirm',
  options: LoadOptions,
): Promise<LoadedSteps> {
  const runs: NightRun[] = [];
  const whole: NightScenario[] = [];
  for (const [position, step] of steps.entries()) {
    for (let count = 1; count <= step.runs; count++) {
      const first = await loadOnce(step, count, purpose, options);
      const made =
        afterRun(first, false) === 'again' ? await loadAgain(step, count, first, options) : [first];
      runs.push(...made);
      const last = made[made.length - 1] as NightRun;
      if (options.stop.first() !== null || afterRun(last, made.length > 1) === 'end') {
        const notRun = steps.slice(position + 1).map(({ scenario }) => scenario);
        return { runs, isWhole: false, whole, notRun };
      }
    }
    whole.push(step.scenario);
  }
  return { runs, isWhole: true, whole, notRun: [] };
}

/** The INVALID run is moved aside, so that the folder of the step holds what counts. */
async function loadAgain(
  step: NightStep,
  count: number,
  invalid: NightRun,
  options: LoadOptions,
): Promise<NightRun[]> {
  const aside = path.posix.join('invalid', invalid.folder.replace('/', '-'));
  const { out } = options.folders;
  await mkdir(path.join(out, 'invalid'), { recursive: true });
  await rename(path.join(out, invalid.folder), path.join(out, aside));
  const again = await loadOnce(step, count, 'again', options, invalid.folder);
  return [{ ...invalid, folder: aside }, again];
}

async function loadOnce(
  { scenario, args, runs }: NightStep,
  count: number,
  purpose: NightRun['purpose'],
  { folders, say, env, stop }: LoadOptions,
  folder = path.posix.join(purpose === 'confirm' ? `${scenario}-again` : scenario, String(count)),
): Promise<NightRun> {
  say(`\nnightly   ${scenario} ${count} of ${runs}${purpose === 'first' ? '' : ` (${purpose})`}`);
  const out = path.join(folders.out, folder);
  const { exitCode, stdout } = await runCommand(
    'run',
    [scenario, ...args, '--out', out, '--history', folders.history],
    { env: stepEnv(env, scenario), stop },
  );
  say(stdout.trimEnd());
  return { scenario, folder, exitCode, purpose, report: await reportOf(out) };
}

/** A run that could not begin has said why, and has no report. */
async function reportOf(out: string): Promise<NightRun['report']> {
  const read = await readRunReport(out).catch(() => null);
  if (read === null) return null;
  const { run, requests, latencyMs, target } = read.report;
  return {
    run: run.id,
    verdict: run.verdict,
    reason: run.reasons[0] ?? '',
    successRatio: requests.successRatio,
    p95Ms: latencyMs.success.p95,
    target: target.label,
  };
}
