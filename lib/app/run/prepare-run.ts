import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDeclaredLoad, type LoadCaps } from '../../core/config/check-caps.ts';
import type { Env } from '../../core/config/env.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import { codeOf } from '../../core/errors/reason-of.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { declaredLoad } from '../../core/load/declared-load.ts';
import type { LoadPlan } from '../../core/load/load-plan.ts';
import type { RecordedLoad } from '../../core/load/recorded-load.ts';
import { requestUrl } from '../../core/load/request-url.ts';
import type { PageAssets } from '../../core/render/html/page-frame.ts';
import { bundlePage } from '../../node/bundle/bundle-page.ts';
import { bundleScenarios } from '../../node/bundle/bundle-scenario.ts';
import { proxyOf } from '../../node/http/proxy-of.ts';
import { targetConnection, targetDispatcher } from '../../node/http/target-dispatcher.ts';
import { provisionK6 } from '../../node/provision/provision-k6.ts';
import { inspectBundle } from '../../node/run/inspect-bundle.ts';
import { k6Environment } from '../../node/run/k6-environment.ts';
import { startOrderApiProcess } from '../../node/run/order-api-process.ts';
import { checkReachable } from '../../node/run/preflight.ts';
import type { GrowingRedactor } from '../../node/run/redact.ts';
import { START_SCRIPT } from '../cli/command-start.ts';
import type { Cleanups } from './cleanups.ts';
import type { EmbeddedOrderApi } from './embedded-order-api.ts';
import { type PreparedLoad, planEnvironment } from './execute-k6.ts';
import type { GuardedPlan, Targets } from './guard-run.ts';
import type { RunAccess } from './run-access.ts';
import { type RunTokens, startTokens } from './start-tokens.ts';

export interface PreparedRun extends PreparedLoad {
  readonly k6: { readonly path: string; readonly version: string };
  /** Script and style of the HTML report, bundled now so the end of the run does not wait for them. */
  readonly page: PageAssets;
  /** Null for a run without renewed tokens. */
  readonly tokens: RunTokens | null;
}

export interface PrepareInput {
  readonly config: RunConfig;
  readonly guarded: GuardedPlan;
  readonly recorded: RecordedLoad | null;
  readonly access: RunAccess;
  readonly redactor: GrowingRedactor;
  readonly cwd: string;
  readonly env: Env;
  readonly root: string;
  readonly say: (line: string) => void;
  /** Shows what the run is about to do; called before the first request to a target. */
  readonly announce: (plan: LoadPlan) => void;
}

/**
 * Prepares everything that a run needs before its first order: k6, the bundle, a target that responds, and k6's own
 * confirmation that it will do no more than the plan says. `cleanups` ends what is started here.
 */
export async function prepareRun(input: PrepareInput, cleanups: Cleanups): Promise<PreparedRun> {
  const { config, guarded, recorded, access, redactor, cwd, env, root, say, announce } = input;
  const { scratchDir, configPath, recordedPath, caPath } = await createScratchDir(
    { recorded, access },
    cleanups,
  );
  const certificates = certificateEnv(access, caPath);

  const [k6, bundle, page, targets] = await allOrFirstError([
    provisionK6({ env, say }),
    bundleScenario(config, root, scratchDir),
    bundlePage(join(root, 'lib', 'page')),
    startTargets(guarded, env, cleanups),
  ]);
  const plan = guarded.withTargets(targets);
  const { bodiesPath } = config;
  await inspectDeclared(
    k6.path,
    bundle,
    k6Environment(env, {
      ...planEnvironment(plan, { exact: false, recordedPath, bodiesPath }),
      ...certificates,
    }),
    { plan, configPath, caps: guarded.caps, redact: redactor.redact },
  );
  const { maxRatePerSecond, maxRequests } = guarded.caps;
  announce(plan);
  const { hide } = redactor;
  const tokens = await startTokens({ config, access, cwd, hide, say }, cleanups);
  const isOwn = config.scenarioFile !== null;
  await checkTargets(plan, guarded, access, config.preflightPath, isOwn);
  // What k6 declares are iterations, and one of a user's own may send any number of requests.
  const rpsLimit = isOwn ? Math.max(1, Math.floor(maxRatePerSecond)) : null;
  return {
    plan,
    k6,
    bundle,
    page,
    scratchDir,
    configPath,
    recordedPath,
    bodiesPath,
    rpsLimit,
    maxRequests,
    tokens,
    accessEnv: { ...certificates, ...tokens?.k6Env },
  };
}

/**
 * Creates a folder that is removed after the run, with an empty config for k6, the times of a replay, and the
 * authorities that k6 trusts.
 * @throws UserError E_SCRATCH_UNWRITABLE (exit 4).
 */
async function createScratchDir(
  { recorded, access }: Pick<PrepareInput, 'recorded' | 'access'>,
  cleanups: Cleanups,
) {
  const root = tmpdir();
  try {
    const scratchDir = await mkdtemp(join(root, 'order-load-'));
    cleanups.add(() => rm(scratchDir, { recursive: true, force: true }));
    const configPath = join(scratchDir, 'k6-config.json');
    await writeFile(configPath, '{}');
    const written = async (name: string, text: string | null): Promise<string | null> => {
      if (text === null) return null;
      await writeFile(join(scratchDir, name), text);
      return join(scratchDir, name);
    };
    const times = recorded === null ? null : JSON.stringify(recorded.recordedMs);
    return {
      scratchDir,
      configPath,
      recordedPath: await written('recorded.json', times),
      caPath: await written('trusted.pem', access.k6File),
    };
  } catch (error) {
    const code = codeOf(error);
    throw new UserError(
      'E_SCRATCH_UNWRITABLE',
      `Cannot write to the temporary folder ${root} (${code}). Free some space, or name another one in TMPDIR.`,
      EXIT.environment,
    );
  }
}

/** Bundles into a folder of this run's own: another run may be reading a bundle of the same name. */
async function bundleScenario(config: RunConfig, root: string, outDir: string): Promise<string> {
  const entry = config.scenarioFile ?? join(root, 'scenarios', `${config.scenario}.ts`);
  const options = { entries: [entry], libDir: join(root, 'lib') };
  const [bundle] = await bundleScenarios({ ...options, outDir, wrapped: true });
  return bundle as string;
}

/** Starts the embedded targets of a run, and returns the base URLs of all. */
async function startTargets(
  { plan, embedded, embeddedB }: GuardedPlan,
  env: PrepareInput['env'],
  cleanups: Cleanups,
): Promise<Targets> {
  const start = async (url: string, orderApi: EmbeddedOrderApi | null): Promise<string> => {
    if (orderApi === null) return url;
    const target = await startOrderApiProcess({
      script: START_SCRIPT,
      args: ['order-api', ...orderApi.args],
      env,
    });
    cleanups.add(() => target.stop());
    return target.url;
  };
  if (plan.targetB === undefined) return { target: await start(plan.target, embedded) };
  const [target, targetB] = await allOrFirstError([
    start(plan.target, embedded),
    start(plan.targetB, embeddedB),
  ]);
  return { target, targetB };
}

/** The variables that tell k6 about certificates. */
function certificateEnv(
  { clientCertificate }: RunAccess,
  caPath: string | null,
): Readonly<Record<string, string>> {
  return {
    ...(caPath !== null && { SSL_CERT_FILE: caPath }),
    ...(clientCertificate && {
      LOAD_CLIENT_CERT: clientCertificate.certPath,
      LOAD_CLIENT_KEY: clientCertificate.keyPath,
    }),
  };
}

/** Sends one GET to each target that this run did not start. */
async function checkTargets(
  plan: LoadPlan,
  { embedded, embeddedB }: GuardedPlan,
  access: RunAccess,
  path: string | null,
  mayWantCertificate: boolean,
): Promise<void> {
  if (path === null) return;
  const check = async (target: string): Promise<void> => {
    const isProxied = proxyOf(target, access.env) !== null;
    const byProxy = isProxied ? targetDispatcher(target, access) : null;
    try {
      const connection = targetConnection(access);
      const url = requestUrl({ ...plan, target }, path);
      await checkReachable(url, { connection, byProxy, mayWantCertificate });
    } finally {
      await byProxy?.destroy();
    }
  };
  const { target, targetB } = plan;
  await allOrFirstError([
    ...(embedded === null ? [check(target)] : []),
    ...(targetB !== undefined && embeddedB === null ? [check(targetB)] : []),
  ]);
}

/**
 * Asks k6 what it would do and checks it: a scenario file of the user's own may declare something else than the plan.
 */
async function inspectDeclared(
  k6Path: string,
  bundle: string,
  env: Readonly<Record<string, string>>,
  declared: {
    readonly plan: LoadPlan;
    readonly configPath: string;
    readonly caps: LoadCaps;
    readonly redact: (text: string) => string;
  },
): Promise<void> {
  const args = ['--config', declared.configPath];
  const requirements = await inspectBundle(k6Path, bundle, args, env, declared.redact);
  checkDeclaredLoad(declaredLoad(requirements.scenarios), declared.caps, declared.plan);
}

/** Waits for all, so nothing is still starting when the first error is thrown. */
async function allOrFirstError<const T extends readonly Promise<unknown>[]>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(promises);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return (await Promise.all(promises)) as { -readonly [K in keyof T]: Awaited<T[K]> };
}
