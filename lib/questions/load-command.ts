import { isLoopback } from '../core/config/check-host.ts';
import { arrivalsName } from '../core/history/arrivals-name.ts';
import { renderArrivals } from '../core/load/arrivals.ts';
import { PROFILE_NAMES, type ProfileName } from '../core/load/load-plan.ts';
import { DEFAULT_PROFILE, type QuestionProfile } from '../core/load/question-profile.ts';
import { durationSeconds, peakRate } from '../core/load/stages.ts';
import type { Report } from '../core/report/schema/report-schema.ts';
import { renderDuration } from '../core/text/parse-duration.ts';
import { shellWord } from '../core/text/shell-word.ts';
import { questionOf } from './registry.ts';

type Target = Report['target'];

/** Options that replace those of the run, or come on top. */
export interface LoadChanges {
  readonly profile?: ProfileName;
  readonly durationMs?: number;
  /** Value of `--out`, as it is written in a shell. */
  readonly out?: string;
  /** Folder of the history that the run is added to. */
  readonly history?: string;
}

/**
 * The command that makes the load of a run again, against its target. Null for a user's own scenario, whose file a
 * report does not name. Options about orders, credentials and headers are not in a report either: they come from the
 * same config file, or have to be added.
 */
export function loadCommand(report: Report, changes: LoadChanges = {}): string | null {
  const options = loadOptions(report, changes);
  if (options === null) return null;
  const { target, targetB } = report;
  const all = [
    ...options,
    ...targetOptions(target, ''),
    ...(targetB === undefined ? [] : targetOptions(targetB, '-b')),
    ...allowedHosts([target, targetB]),
    ...(changes.history === undefined ? [] : ['--history', shellWord(changes.history)]),
    ...(changes.out === undefined ? [] : ['--out', changes.out]),
  ];
  return command(`npm run load:${report.run.scenario}`, all);
}

/** The command that makes pairs of the run, to see how much they differ; null as for `loadCommand`. */
export function calibrateCommand(report: Report): string | null {
  const options = loadOptions(report, {});
  if (options === null) return null;
  const { scenario } = report.run;
  return command('npm run calibrate', [
    ...(scenario === 'steady' ? [] : ['--scenario-name', scenario]),
    ...options,
    ...targetOptions(report.target, ''),
    ...allowedHosts([report.target]),
  ]);
}

/** The command that loads two targets in turn; null for two that ab cannot load, or cannot tell apart. */
export function abCommand(a: Target, b: Target, profile: ProfileName): string | null {
  if (isSameTarget(a, b) || isEmbedded(a) !== isEmbedded(b)) return null;
  // Without a deployment of its own, arm B gets that of arm A.
  if (isEmbedded(b) && b.deployment === null) return null;
  return command('npm run load:ab', [
    ...profileOption(profile),
    ...targetOptions(a, ''),
    ...targetOptions(b, '-b'),
    ...allowedHosts([a, b]),
  ]);
}

function isSameTarget(a: Target, b: Target): boolean {
  return isEmbedded(a) ? a.deployment === b.deployment : a.baseUrl === b.baseUrl;
}

function command(start: string, options: readonly string[]): string {
  return options.length === 0 ? start : `${start} -- ${options.join(' ')}`;
}

/** Profile, size and timing, as far as they differ from the defaults. */
function loadOptions(
  { run, load, retries }: Report,
  { profile, durationMs }: LoadChanges,
): string[] | null {
  const question = run.ownScenario === true ? undefined : questionOf(run.scenario)?.profile;
  if (question === undefined) return null;
  const name = profile ?? PROFILE_NAMES.find((one) => one === run.profile);
  if (name === undefined) return null;
  const { arrivals, requestTimeoutMs, warmup, slo } = load;
  const isOther =
    arrivals !== undefined && arrivalsName(arrivals) !== arrivalsName(question.arrivals);
  return [
    ...profileOption(name),
    ...(arrivals?.kind === 'recorded'
      ? []
      : sizeOptions(question, name, load, profile, durationMs)),
    ...(isOther ? ['--arrivals', shellWord(renderArrivals(arrivals))] : []),
    ...(requestTimeoutMs === question.requestTimeoutMs
      ? []
      : ['--timeout', renderDuration(requestTimeoutMs)]),
    ...(warmup === null || warmup.durationSeconds === question.warmupSeconds?.[name]
      ? []
      : ['--warmup', renderDuration(warmup.durationSeconds * 1000)]),
    ...(slo.successRatio === question.slo.successRatio
      ? []
      : ['--slo-success', String(slo.successRatio)]),
    ...(slo.p95Ms === question.slo.p95Ms ? [] : ['--slo-p95', String(slo.p95Ms)]),
    ...(retries === undefined ? [] : ['--retry-ratio', String(retries.ratio)]),
  ];
}

function profileOption(name: ProfileName): string[] {
  return name === DEFAULT_PROFILE ? [] : ['--profile', name];
}

function sizeOptions(
  question: QuestionProfile,
  name: ProfileName,
  { stages }: Report['load'],
  changed: ProfileName | undefined,
  durationMs: number | undefined,
): string[] {
  const planned = question.stages[name];
  const rate = peakRate(stages);
  const seconds =
    durationMs === undefined
      ? changed === undefined
        ? durationSeconds(stages)
        : durationSeconds(planned)
      : durationMs / 1000;
  return [
    ...(rate === peakRate(planned) ? [] : ['--rate', String(rate)]),
    ...(seconds === durationSeconds(planned) ? [] : ['--duration', renderDuration(seconds * 1000)]),
  ];
}

/** The embedded order API listens on another port each time, and is named by its deployment. */
function isEmbedded({ platform }: Target): boolean {
  return platform === 'local';
}

function targetOptions(target: Target, arm: '' | '-b'): string[] {
  if (!isEmbedded(target)) return [`--target${arm}`, shellWord(target.baseUrl)];
  const { deployment, store } = target;
  return [
    ...(deployment === null ? [] : [`--deployment${arm}`, shellWord(deployment)]),
    ...(arm === '' && store !== undefined && store !== 'dynalite'
      ? ['--store', shellWord(store)]
      : []),
  ];
}

const HOST = /^https?:\/\/(\[[^\]]+\]|[^/:?#]+)/;

function allowedHosts(targets: readonly (Target | undefined)[]): string[] {
  const hosts = targets.flatMap((target) => {
    if (target === undefined || isEmbedded(target)) return [];
    const host = HOST.exec(target.baseUrl)?.[1];
    return host === undefined || isLoopback(host) ? [] : [host];
  });
  return [...new Set(hosts)].flatMap((host) => ['--allow-host', shellWord(host)]);
}
