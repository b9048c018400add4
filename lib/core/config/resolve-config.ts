import { UserError } from '../errors/user-error.ts';
import {
  DEFAULT_PROFILE,
  PLAIN_TRAITS,
  profileOf,
  type QuestionProfile,
  type QuestionProfiles,
} from '../load/question-profile.ts';
import {
  DEFAULT_ORDER_MAPPING,
  enqueueMapping,
  type OrderMapping,
} from '../order/order-mapping.ts';
import { CONTRACT_SCENARIO, WARMUP_SCENARIO } from '../telemetry/metric-names.ts';
import { renderDuration } from '../text/parse-duration.ts';
import { accessOf } from './access-of.ts';
import { releaseOfCi } from './ci-variables.ts';
import { closestName } from './closest-name.ts';
import type { Env } from './env.ts';
import type { OptionKey } from './options.ts';
import {
  type GivenOptions,
  mergeOptions,
  optionsFromEnv,
  optionsFromFile,
  optionsFromFlags,
  underNewName,
} from './read-options.ts';
import type { LoadConfig, OrderOverrides, RunConfig } from './run-config.ts';

export interface ConfigInput {
  /** The profiles of all questions that can be run. */
  readonly questions: QuestionProfiles;
  /** Name of the scenario to run; with `--scenario FILE` the file's name is used instead. */
  readonly scenario: string;
  /** Flags of the command line by option key, without defaults. */
  readonly flags: { readonly [K in OptionKey]?: unknown };
  readonly env: Env;
  /** The config file's checked content, and its name in messages. */
  readonly file: { readonly path: string; readonly config: LoadConfig } | null;
}

/** Time that the last responses get beyond the request timeout. */
const GRACE_MS = 2000;
const DEFAULT_SEED = 1;
/** Relative to the working directory, like every path. */
export const DEFAULT_HISTORY_DIR = 'results/history';
const DEFAULT_DRAIN_WAIT_MS = 60_000;
/** The suite's internal scenarios, which telemetry excludes from the figures. */
const RESERVED_SCENARIOS = [WARMUP_SCENARIO, CONTRACT_SCENARIO];

/**
 * The configuration of a run: defaults < profile < config file < its section for the scenario <
 * environment < flags.
 * @throws UserError that names the source of an unusable value.
 */
export function resolveConfig({ questions, scenario, flags, env, file }: ConfigInput): RunConfig {
  const direct = mergeOptions(
    underNewName(optionsFromEnv(env)),
    underNewName(optionsFromFlags(flags)),
  );
  const scenarioFile = direct.values.scenarioFile ?? null;
  const name = scenarioFile === null ? scenario : scenarioNameOf(scenarioFile);
  const names = questions.map((one) => one.name);
  const given = mergeOptions(...fileOptions(file, name, names), direct);
  const { values, sources } = given;

  const profile = values.profile ?? DEFAULT_PROFILE;
  const defaults = profileOf(questions, name);
  const question = scenarioFile === null ? defaults : ownFileProfile(defaults);
  const requestTimeoutMs = values.timeout ?? defaults.requestTimeoutMs;
  const slo = {
    successRatio: values.sloSuccess ?? defaults.slo.successRatio,
    p95Ms: values.sloP95 ?? defaults.slo.p95Ms,
  };
  const warmupMs = values.warmup ?? (defaults.warmupSeconds?.[profile] ?? 0) * 1000;
  const retryRatio = values.retryRatio ?? 0;
  const leastGraceMs = requestTimeoutMs * (retryRatio > 0 ? 2 : 1) + GRACE_MS;
  const gracefulStopMs = values.gracefulStop ?? leastGraceMs;
  if (gracefulStopMs < leastGraceMs) {
    throw shortGrace(gracefulStopMs, leastGraceMs, { requestTimeoutMs, retryRatio }, sources);
  }
  refuseVoidLatencySlo(slo.p95Ms, requestTimeoutMs, sources);
  refuseDeployedElsewhere(sources);
  refuseBlindLens(values, sources);
  refuseBadArms(question, name, warmupMs, given);
  refuseIdleRefine(defaults, name, sources);
  refuseBadReplay(question, name, given);
  const learn = values.learn ?? false;
  if (learn && !question.traits.checksContract) {
    throw new UserError(
      'E_SMOKE_ONLY',
      `${sources.learn}: ${name} does not check the contract; run \`npm run load:smoke -- --learn\``,
    );
  }

  return {
    scenario: name,
    question,
    profile,
    target: values.target ?? null,
    targetB: values.targetB ?? null,
    ratePerSecond: values.rate ?? null,
    durationMs: values.duration ?? null,
    warmupMs,
    requestTimeoutMs,
    gracefulStopMs,
    arrivals: values.arrivals ?? defaults.arrivals,
    maxInFlight: values.maxInFlight ?? null,
    clients: values.clients ?? null,
    http1: values.http1 ?? false,
    slo,
    label: values.label ?? null,
    release: values.release ?? releaseOfCi(env),
    headers: values.headers ?? [],
    ...accessOf(given),
    allowHosts: values.allowHosts ?? [],
    maxRatePerSecond: values.maxRatePerSecond ?? null,
    maxRequests: values.maxRequests ?? null,
    out: values.out ?? null,
    history: historyOf(values.history, values.out),
    seed: values.seed ?? DEFAULT_SEED,
    retryRatio,
    store: values.store ?? null,
    deployment: values.deployment ?? defaultDeployment(defaults, values.target),
    deploymentB: values.deploymentB ?? null,
    refine: values.refine ?? defaults.refinements?.[profile] ?? 0,
    lens: values.lens ?? 'auto',
    functions: values.functions ?? [],
    region: values.region ?? null,
    drainWaitMs: values.drainWait ?? DEFAULT_DRAIN_WAIT_MS,
    prometheus: prometheusOf(given),
    // An API that expects other orders refuses all of them, and --learn reads its responses only after the load.
    abort: values.abort ?? !learn,
    exact: values.exact ?? false,
    live: values.live ?? false,
    learn,
    json: values.json ?? false,
    scenarioFile,
    mapping: mergeMapping(defaults, file?.config.order),
    bodiesPath: file?.config.order?.bodies ?? null,
    sources,
  };
}

/** A run with its own `--out` is kept out of the default history, unless `--history` names one. */
function historyOf(given: string | undefined, out: string | undefined): string | null {
  if (given !== undefined) return given === 'none' ? null : given;
  return out === undefined ? DEFAULT_HISTORY_DIR : null;
}

/** A user's own scenario may send orders in any way, whatever its name: it only shares the shape of the load with the suite's question. */
function ownFileProfile(defaults: QuestionProfile): QuestionProfile {
  const { judgedBy } = defaults.traits;
  return { ...defaults, traits: { ...PLAIN_TRAITS, judgedBy }, canReplay: true };
}

function defaultDeployment(
  { deployment }: QuestionProfile,
  target: string | undefined,
): string | null {
  return deployment !== undefined && target === undefined ? deployment : null;
}

function fileOptions(
  file: ConfigInput['file'],
  scenario: string,
  suiteScenarios: readonly string[],
): readonly GivenOptions[] {
  if (file === null) return [];
  refuseMisspeltSection(file, [...suiteScenarios, scenario]);
  const sections = file.config.scenarios ?? {};
  const section = Object.hasOwn(sections, scenario) ? sections[scenario] : undefined;
  return [
    underNewName(optionsFromFile(file.config, file.path)),
    ...(section
      ? [underNewName(optionsFromFile(section, `${file.path}: scenarios.${scenario}`))]
      : []),
  ];
}

/** A section may belong to a user's own scenario, but a name close to a known one is taken for a misspelling. */
function refuseMisspeltSection(
  file: NonNullable<ConfigInput['file']>,
  known: readonly string[],
): void {
  for (const name of Object.keys(file.config.scenarios ?? {})) {
    const meant = known.includes(name) ? null : closestName(name, known);
    if (meant === null) continue;
    throw new UserError(
      'E_OPTION_UNKNOWN',
      `${file.path}: scenarios.${name}: no such scenario; did you mean ${meant}?`,
    );
  }
}

/** `my flows/black-friday.ts` → `black-friday`: safe for k6 and in file names. */
function scenarioNameOf(file: string): string {
  const base = file.replace(/^.*[\\/]/, '').replace(/\.[a-z]+$/i, '');
  const name = base.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  return name === '' || RESERVED_SCENARIOS.includes(name) ? 'custom' : name;
}

function mergeMapping(
  { traits }: QuestionProfile,
  overrides: OrderOverrides | undefined,
): OrderMapping {
  const given = (entries: object | undefined) =>
    Object.fromEntries(Object.entries(entries ?? {}).filter(([, value]) => value !== undefined));
  const { fields, contract, bodies: _readLater, ...others } = overrides ?? {};
  // With successWhen, the response need not have the default text.
  const anyText = others.successWhen ? { successBody: null } : {};
  const mapping: OrderMapping = {
    ...DEFAULT_ORDER_MAPPING,
    ...anyText,
    ...given(others),
    fields: { ...DEFAULT_ORDER_MAPPING.fields, ...given(fields) },
    contract: { ...DEFAULT_ORDER_MAPPING.contract, ...given(contract) },
  };
  return traits.usesQueue ? enqueueMapping(mapping) : mapping;
}

function prometheusOf({ values, sources }: GivenOptions): RunConfig['prometheus'] {
  const { prometheus: url, prometheusBearerEnv, prometheusHeaders = [] } = values;
  if (url === undefined) {
    const given = sources.prometheusBearerEnv ?? sources.prometheusHeaders;
    if (given === undefined) return null;
    throw new UserError(
      'E_PROMETHEUS',
      `${given}: there is no Prometheus to send to; name it with --prometheus`,
    );
  }
  return { url, bearerEnv: prometheusBearerEnv ?? null, headers: prometheusHeaders };
}

function shortGrace(
  gracefulStopMs: number,
  leastMs: number,
  { requestTimeoutMs, retryRatio }: Pick<RunConfig, 'requestTimeoutMs' | 'retryRatio'>,
  sources: GivenOptions['sources'],
): UserError {
  const twice = retryRatio > 0 ? ' with orders sent twice' : '';
  return new UserError(
    'E_GRACEFUL_STOP',
    `${sources.gracefulStop}: ${renderDuration(gracefulStopMs)} is too short for a timeout of ${renderDuration(requestTimeoutMs)}${twice}, so orders would go uncounted; expected at least ${renderDuration(leastMs)}`,
  );
}

/** A deployment is never applied to a user's own target, so the report would name the wrong one. */
function refuseDeployedElsewhere({ deployment, target }: GivenOptions['sources']): void {
  if (deployment === undefined || target === undefined) return;
  throw new UserError(
    'E_DEPLOYMENT_TARGET',
    `${deployment} and ${target} exclude each other, because only the embedded order API has deployments; leave one of them out`,
  );
}

/** Refuses flags for arm B that have no effect; a config file may also serve other scenarios. */
function refuseBadArms(
  { traits }: QuestionProfile,
  scenario: string,
  warmupMs: number,
  { values, sources }: GivenOptions,
): void {
  const given = sources.targetB ?? sources.deploymentB;
  if (!traits.hasTwoTargets) {
    if (!given?.startsWith('--')) return;
    throw new UserError(
      'E_AB_ONLY',
      `${given}: ${scenario} loads one target; run \`npm run load:ab\` to load two in turn`,
    );
  }
  if (sources.targetB !== undefined && sources.deploymentB !== undefined) {
    throw new UserError(
      'E_AB_TARGET',
      `${sources.targetB} and ${sources.deploymentB} exclude each other, because arm B is a single order API; leave one of them out`,
    );
  }
  if (values.target !== undefined && given === undefined) {
    throw new UserError(
      'E_AB_TARGET',
      `${sources.target} is arm A, and there is no arm B; add --target-b URL (BASE_URL_B), or --deployment-b NAME for the embedded order API`,
    );
  }
  if (warmupMs > 0) {
    throw new UserError(
      'E_AB_WARMUP',
      `${sources.warmup}: ${scenario} has no warm-up, because the first quarter of every block settles; leave it out`,
    );
  }
}

/** Refuses --refine without effect; a config file or an environment may also serve other scenarios. */
function refuseIdleRefine(
  { refinements }: QuestionProfile,
  scenario: string,
  { refine }: GivenOptions['sources'],
): void {
  if (refinements !== undefined || !refine?.startsWith('--')) return;
  throw new UserError(
    'E_RAMP_ONLY',
    `${refine}: ${scenario} measures no capacity to narrow down; leave it out, or run \`npm run load:ramp\``,
  );
}

const SHAPE_KEYS = ['rate', 'duration', 'profile'] as const;

/** A recording determines how many orders come and when. A config file or an environment may also serve other runs. */
function refuseBadReplay(
  { canReplay }: QuestionProfile,
  scenario: string,
  { values, sources }: GivenOptions,
): void {
  if (values.arrivals?.kind !== 'file') return;
  if (!canReplay) {
    throw new UserError(
      'E_ARRIVALS',
      `${sources.arrivals}: ${scenario} has its own shape of load and cannot replay a recording; run steady, soak or batch, or use even, poisson or cv:NUMBER`,
    );
  }
  const shape = SHAPE_KEYS.find((key) => sources[key]?.startsWith('--'));
  if (shape === undefined) return;
  throw new UserError(
    'E_ARRIVALS',
    `${sources[shape]} has no effect on a replay, because ${sources.arrivals} determines when orders come; leave one of them out (FILE@2 is twice as fast)`,
  );
}

function refuseBlindLens(
  { lens, functions }: GivenOptions['values'],
  sources: GivenOptions['sources'],
): void {
  if (lens !== 'aws' || functions !== undefined) return;
  throw new UserError(
    'E_LENS_FUNCTION',
    `${sources.lens}: no Lambda function is named; name them with --function, the one that takes the orders first`,
  );
}

function refuseVoidLatencySlo(
  p95Ms: number,
  requestTimeoutMs: number,
  sources: GivenOptions['sources'],
): void {
  if (p95Ms < requestTimeoutMs) return;
  throw new UserError(
    'E_SLO_TIMEOUT',
    `${sources.sloP95 ?? sources.timeout}: a p95 SLO of ${renderDuration(p95Ms)} cannot be missed with a timeout of ${renderDuration(requestTimeoutMs)}; use a shorter --slo-p95 or a longer --timeout`,
  );
}
