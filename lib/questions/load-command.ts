import { isLoopback } from '../core/config/check-host.ts';
import { arrivalsName } from '../core/history/arrivals-name.ts';
import { renderArrivals } from '../core/load/arrivals.ts';
import { PROFILE_NAMES, type ProfileName } from '../core/load/load-plan.ts';
import { DEFAULT_PROFILE, type QuestionProfile } from '../core/load/question-profile.ts';
import { durationSeconds, peakRate } from '../core/load/stages.ts';
import {
  commandOf,
  type OptionChanges,
  otherCommand,
  runCommand,
} from '../core/report/run-command.ts';
import type { Report } from '../core/report/schema/report-schema.ts';
import { renderDuration } from '../core/text/parse-duration.ts';
import { questionOf } from './registry.ts';

type Target = Report['target'];

/** What is to be other than in the run. */
export interface LoadChanges {
  readonly profile?: ProfileName;
  readonly durationMs?: number;
  /** Folder of the history that the run is added to. */
  readonly history?: string;
}

/**
 * The command that makes the load of a run again, against its target or that of the run `at`. It is told from the load
 * as it was, so it holds wherever an option came from; how to get into the target is told from the command of `at`. Null
 * if a report does not tell enough, as for a user's own scenario of an older report.
 */
export function loadCommand(
  report: Report,
  { profile, durationMs, history }: LoadChanges = {},
  at: Report = report,
): string | null {
  const added: OptionChanges = { ...(history !== undefined && { history }) };
  const options = loadOptions(report, profile, durationMs);
  if (options === null) return at === report ? runCommand(report, added) : null;
  const { targetB } = report;
  return commandAt(at, report.run.scenario, {
    ...options,
    ...(targetB !== undefined && armB(targetB, at.target)),
    ...added,
  });
}

/** The command that makes pairs of the run, to see how much they differ; null as for `loadCommand`. */
export function calibrateCommand(report: Report): string | null {
  const { scenario } = report.run;
  const options = loadOptions(report, undefined, undefined);
  if (options === null) return null;
  const [, given] = commandAt(report, scenario, options).split(/ -- (.*)/s);
  const words = [...(scenario === 'steady' ? [] : [`--scenario-name ${scenario}`]), given ?? ''];
  const text = words.filter(Boolean).join(' ');
  return text === '' ? 'npm run calibrate' : `npm run calibrate -- ${text}`;
}

/** The command that loads the targets of two runs in turn; null for two that ab cannot load, or cannot tell apart. */
export function abCommand(a: Report, b: Report, profile: ProfileName): string | null {
  if (isSameTarget(a.target, b.target) || isEmbedded(a.target) !== isEmbedded(b.target)) {
    return null;
  }
  // Without a deployment of its own, arm B gets that of arm A.
  if (isEmbedded(b.target) && b.target.deployment === null) return null;
  return commandAt(a, 'ab', { ...profileOption(profile), ...armB(b.target, a.target) });
}

function isSameTarget(a: Target, b: Target): boolean {
  return isEmbedded(a) ? a.deployment === b.deployment : a.baseUrl === b.baseUrl;
}

/** A load against the target of a run, with the options of its command that lead there. */
function commandAt(at: Report, scenario: string, options: OptionChanges): string {
  return (
    otherCommand(at, scenario, options) ??
    commandOf(scenario, { ...targetOptions(at.target), ...options })
  );
}

/** Profile, size and timing, as far as they differ from the defaults; null if those are not known. */
function loadOptions(
  { run, load, retries }: Report,
  profile: ProfileName | undefined,
  durationMs: number | undefined,
): OptionChanges | null {
  const question = run.ownScenario === true ? undefined : questionOf(run.scenario)?.profile;
  const name = profile ?? PROFILE_NAMES.find((one) => one === run.profile);
  if (question === undefined || name === undefined) return null;
  const { arrivals, requestTimeoutMs, warmup, slo } = load;
  const isOther =
    arrivals !== undefined && arrivalsName(arrivals) !== arrivalsName(question.arrivals);
  const seconds = secondsOf(question, name, load, profile, durationMs);
  const isReplay = arrivals?.kind === 'recorded';
  return {
    ...profileOption(name),
    ...(!isReplay && sizeOptions(question, name, load, seconds)),
    ...(isOther && { arrivals: renderArrivals(arrivals) }),
    ...(requestTimeoutMs !== question.requestTimeoutMs && {
      timeout: renderDuration(requestTimeoutMs),
    }),
    ...(warmup !== null &&
      warmup.durationSeconds !== question.warmupSeconds?.[name] && {
        warmup: renderDuration(warmup.durationSeconds * 1000),
      }),
    ...(slo.successRatio !== question.slo.successRatio && { sloSuccess: String(slo.successRatio) }),
    ...(slo.p95Ms !== question.slo.p95Ms && { sloP95: String(slo.p95Ms) }),
    ...(retries !== undefined && { retryRatio: String(retries.ratio) }),
  };
}

function profileOption(name: ProfileName): OptionChanges {
  return name === DEFAULT_PROFILE ? {} : { profile: name };
}

/** Length of the load: as asked for, as another profile plans it, or as it was. */
function secondsOf(
  question: QuestionProfile,
  name: ProfileName,
  { stages }: Report['load'],
  changed: ProfileName | undefined,
  durationMs: number | undefined,
): number {
  if (durationMs !== undefined) return durationMs / 1000;
  return durationSeconds(changed === undefined ? stages : question.stages[name]);
}

function sizeOptions(
  question: QuestionProfile,
  name: ProfileName,
  { stages }: Report['load'],
  seconds: number,
): OptionChanges {
  const planned = question.stages[name];
  const rate = peakRate(stages);
  return {
    ...(rate !== peakRate(planned) && { rate: String(rate) }),
    ...(seconds !== durationSeconds(planned) && { duration: renderDuration(seconds * 1000) }),
  };
}

/** The embedded order API listens on another port each time, and is named by its deployment. */
function isEmbedded({ platform }: Target): boolean {
  return platform === 'local';
}

function targetOptions(target: Target): OptionChanges {
  const { baseUrl, deployment, store } = target;
  if (!isEmbedded(target)) return { target: baseUrl, ...allowed([target]) };
  return {
    ...(deployment !== null && { deployment }),
    ...(store !== undefined && store !== 'dynalite' && { store }),
  };
}

/** The second target of an ab run; the hosts of both are allowed. */
function armB(target: Target, a: Target): OptionChanges {
  if (isEmbedded(target)) {
    return target.deployment === null ? {} : { deploymentB: target.deployment };
  }
  return { targetB: target.baseUrl, ...allowed([a, target]) };
}

const HOST = /^https?:\/\/(\[[^\]]+\]|[^/:?#]+)/;

function allowed(targets: readonly Target[]): OptionChanges {
  const hosts = targets.flatMap((target) => {
    const host = isEmbedded(target) ? undefined : HOST.exec(target.baseUrl)?.[1];
    return host === undefined || isLoopback(host) ? [] : [host];
  });
  return hosts.length === 0 ? {} : { allowHosts: [...new Set(hosts)] };
}
