import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { afterRun } from '../../core/night/judge-night.ts';
import type { NightRun } from '../../core/night/night.ts';
import { type NightScenario, type NightStep, stepEnv } from '../../core/night/night-plan.ts';
import { nextSteps } from '../../core/summary/run/next-steps.ts';
import { readRunReport } from '../../node/store/read-run-report.ts';
import type { StopSignals } from '../cli/stop-signals.ts';
import { onceMoreIfInvalid } from '../run/once-more.ts';
import type { NightCommands } from './night-commands.ts';
import type { NightFolders } from './night-folders.ts';

export interface LoadOptions {
  readonly folders: NightFolders;
  readonly commands: Pick<NightCommands, 'load'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stop: Pick<StopSignals, 'first'>;
  readonly say: (line: string) => void;
}

export interface LoadedSteps {
  readonly runs: readonly NightRun[];
  /** Every planned run was made, and allows a conclusion. */
  readonly isWhole: boolean;
  /** Scenarios of which every run was made, and allows a conclusion. */
  readonly whole: readonly NightScenario[];
  readonly notRun: readonly NightScenario[];
}

/** Makes the runs of some steps, and stops after the first that makes the rest pointless. */
export async function loadSteps(
  steps: readonly NightStep[],
  purpose: 'first' | 'confirm',
  options: LoadOptions,
): Promise<LoadedSteps> {
  const runs: NightRun[] = [];
  const whole: NightScenario[] = [];
  for (const [position, step] of steps.entries()) {
    for (let count = 1; count <= step.runs; count++) {
      const { invalid, last } = await onceMoreIfInvalid<NightRun>(async (before) => {
        if (before === null) return loadOnce(step, count, purpose, options);
        await moveAside(before.folder, options.folders);
        return loadOnce(step, count, 'again', options, before.folder);
      });
      if (invalid !== null) runs.push({ ...invalid, folder: asideOf(invalid.folder) });
      runs.push(last);
      if (options.stop.first() !== null || afterRun(last, invalid !== null) === 'end') {
        const notRun = steps.slice(position + 1).map(({ scenario }) => scenario);
        return { runs, isWhole: false, whole, notRun };
      }
    }
    whole.push(step.scenario);
  }
  return { runs, isWhole: true, whole, notRun: [] };
}

/** Moves an INVALID run out of its step's folder, which holds only runs that count. */
async function moveAside(folder: string, { out }: NightFolders): Promise<void> {
  await mkdir(path.join(out, 'invalid'), { recursive: true });
  await rename(path.join(out, folder), path.join(out, asideOf(folder)));
}

function asideOf(folder: string): string {
  return path.posix.join('invalid', folder.replace('/', '-'));
}

async function loadOnce(
  { scenario, args, runs }: NightStep,
  count: number,
  purpose: NightRun['purpose'],
  { folders, commands, say, env }: LoadOptions,
  folder = path.posix.join(purpose === 'confirm' ? `${scenario}-again` : scenario, String(count)),
): Promise<NightRun> {
  say(`\nnightly   ${scenario} ${count} of ${runs}${purpose === 'first' ? '' : ` (${purpose})`}`);
  const out = path.join(folders.out, folder);
  const exitCode = await commands.load(
    [scenario, ...args, '--out', out, '--history', folders.history],
    stepEnv(env, scenario),
  );
  return { scenario, folder, exitCode, purpose, report: await reportOf(out) };
}

/** Null for a run that could not start: it printed why, and has no report. */
async function reportOf(out: string): Promise<NightRun['report']> {
  const read = await readRunReport(out).catch(() => null);
  if (read === null) return null;
  const { run, requests, latencyMs, target } = read.report;
  const [next] = run.verdict === 'pass' ? [] : nextSteps(read.report);
  return {
    run: run.id,
    verdict: run.verdict,
    reason: run.reasons[0] ?? '',
    ...(next !== undefined && { next: next.text }),
    successRatio: requests.successRatio,
    p95Ms: latencyMs.success.p95,
    target: target.label,
  };
}
