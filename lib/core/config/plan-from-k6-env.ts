import type { LoadPlan } from '../load/load-plan.ts';
import { resolveConfig } from './resolve-config.ts';
import { resolvePlan } from './resolve-plan.ts';
import { EXIT, UserError } from './user-error.ts';

/** Names that read well after `k6 run -e`; the LOAD_ form of each wins. */
const SHORT_NAMES = [
  'PROFILE',
  'RATE',
  'DURATION',
  'WARMUP',
  'TIMEOUT',
  'MAX_VUS',
  'SLO_SUCCESS',
  'SLO_P95',
  'SEED',
  'RETRY_RATIO',
];

/**
 * The plan inside k6: the wrapper's LOAD_PLAN, or for a plain `k6 run` the defaults with BASE_URL and
 * the variables of the options (`-e LOAD_RATE=20` or `-e RATE=20`). `fallbackRun` is the run's id
 * where LOAD_RUN is not set.
 */
export function planFromK6Env(
  scenario: string,
  env: Readonly<Record<string, string | undefined>>,
  fallbackRun = 'plain',
): LoadPlan {
  const resolved = env['LOAD_PLAN'];
  if (resolved) return JSON.parse(resolved) as LoadPlan;

  const long: Record<string, string | undefined> = { ...env };
  for (const name of SHORT_NAMES) long[`LOAD_${name}`] = env[`LOAD_${name}`] || env[name];
  const config = resolveConfig({
    scenario,
    flags: {},
    env: long,
    file: null,
  });
  if (scenario === 'ab' && config.targetB === null) {
    throw new UserError(
      'E_AB_TARGET',
      'ab loads two targets in turn; give BASE_URL and BASE_URL_B',
    );
  }
  return resolvePlan(config, { run: runIdOf(env['LOAD_RUN'] || fallbackRun) }).plan;
}

/** It becomes part of every order id, which is written into JSON and paths as it is. */
function runIdOf(text: string): string {
  if (/^[\w.-]{1,64}$/.test(text)) return text;
  throw new UserError(
    'E_OPTION',
    'LOAD_RUN is not a run id: give up to 64 letters, digits, dots, dashes or underscores.',
    EXIT.usage,
  );
}
