import { EXIT, UserError } from '../errors/user-error.ts';
import type { ArrivalsChoice } from '../load/arrivals.ts';
import type { LoadPlan } from '../load/load-plan.ts';
import type { QuestionProfiles } from '../load/question-profile.ts';
import type { RecordedLoad } from '../load/recorded-load.ts';
import type { Env } from './env.ts';
import { resolveConfig } from './resolve-config.ts';
import { resolvePlan } from './resolve-plan.ts';
import type { RunConfig } from './run-config.ts';

/** Short names for `k6 run -e`; the LOAD_ form of each wins. */
const SHORT_NAMES = [
  'PROFILE',
  'RATE',
  'DURATION',
  'WARMUP',
  'TIMEOUT',
  'ARRIVALS',
  'MAX_IN_FLIGHT',
  'MAX_VUS',
  'CLIENTS',
  'SLO_SUCCESS',
  'SLO_P95',
  'SEED',
  'RETRY_RATIO',
];

/**
 * The plan inside k6: LOAD_PLAN if `npm run load` started k6, else the defaults with BASE_URL and the
 * variables of the options (`-e LOAD_RATE=20` or `-e RATE=20`). `fallbackRun` is the run's id if
 * LOAD_RUN is not set.
 */
export function planFromK6Env(
  scenario: string,
  questions: QuestionProfiles,
  env: Env,
  fallbackRun = 'plain',
  readRecording: ReadRecording | null = null,
): LoadPlan {
  const resolved = env['LOAD_PLAN'];
  if (resolved) return JSON.parse(resolved) as LoadPlan;

  const long: Record<string, string | undefined> = { ...env };
  for (const name of SHORT_NAMES) long[`LOAD_${name}`] = env[`LOAD_${name}`] || env[name];
  const config = resolveConfig({
    questions,
    scenario,
    flags: {},
    env: long,
    file: null,
  });
  refuseForWrapperOnly(config);
  if (config.question.traits.hasTwoTargets && config.targetB === null) {
    throw new UserError(
      'E_AB_TARGET',
      `${scenario} loads two targets in turn; set BASE_URL and BASE_URL_B`,
    );
  }
  const { arrivals, seed } = config;
  const recorded =
    arrivals.kind === 'file' && readRecording !== null ? readRecording(arrivals, seed) : undefined;
  return resolvePlan(config, {
    run: runIdOf(env['LOAD_RUN'] || fallbackRun),
    mostRunners: mostRunnersOf(env['LOAD_RUNNERS'] || env['RUNNERS']),
    ...(recorded && { recorded }),
  }).plan;
}

function refuseForWrapperOnly({ tokenFrom, ca }: RunConfig): void {
  if (tokenFrom !== null) {
    throw new UserError(
      'E_PLAIN_K6',
      'plain k6 cannot renew a bearer token; provide one with LOAD_BEARER_ENV, or use `npm run load`',
    );
  }
  if (ca !== null) {
    throw new UserError(
      'E_PLAIN_K6',
      'LOAD_CA: plain k6 reads its certificate authorities from the file in SSL_CERT_FILE; set that when you start k6',
    );
  }
}

/** Reads a file of `--arrivals`, by the means of k6 or of Node. */
export type ReadRecording = (
  choice: Extract<ArrivalsChoice, { kind: 'file' }>,
  seed: number,
) => RecordedLoad;

/** Most runners that can divide a load without RUNNERS being set; idle event loops cost a little memory each. */
const DEFAULT_MOST_RUNNERS = 16;
const MOST_RUNNERS = 1000;

function mostRunnersOf(text: string | undefined): number {
  if (!text) return DEFAULT_MOST_RUNNERS;
  const runners = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (runners >= 1 && runners <= MOST_RUNNERS) return runners;
  throw new UserError(
    'E_OPTION',
    `RUNNERS: ${JSON.stringify(text)} is not accepted; expected a whole number from 1 to ${MOST_RUNNERS}`,
    EXIT.usage,
  );
}

/** The run's id becomes part of every order id, which is written unescaped into JSON and paths. */
function runIdOf(text: string): string {
  if (/^[\w.-]{1,64}$/.test(text)) return text;
  throw new UserError(
    'E_OPTION',
    'LOAD_RUN is not a run id: use up to 64 letters, digits, dots, dashes or underscores.',
    EXIT.usage,
  );
}
