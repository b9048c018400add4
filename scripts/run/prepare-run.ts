import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDeclaredLoad, type LoadCaps } from '../../lib/core/config/check-caps.ts';
import { secretsOf } from '../../lib/core/config/required-env.ts';
import type { RunConfig } from '../../lib/core/config/run-config.ts';
import { EXIT, UserError } from '../../lib/core/config/user-error.ts';
import { declaredLoad } from '../../lib/core/load/declared-load.ts';
import type { LoadPlan } from '../../lib/core/load/load-plan.ts';
import type { RecordedLoad } from '../../lib/core/load/recorded-load.ts';
import type { PageAssets } from '../../lib/core/render/html/page-frame.ts';
import { bundlePage } from '../../lib/node/bundle/bundle-page.ts';
import { bundleScenarios } from '../../lib/node/bundle/bundle-scenario.ts';
import { provisionK6 } from '../../lib/node/provision/provision-k6.ts';
import { inspectBundle } from '../../lib/node/run/inspect-bundle.ts';
import { k6Environment } from '../../lib/node/run/k6-environment.ts';
import { startLocalTarget } from '../../lib/node/run/local-target.ts';
import { checkReachable } from '../../lib/node/run/preflight.ts';
import { redactor } from '../../lib/node/run/redact.ts';
import type { Cleanups } from './cleanups.ts';
import type { EmbeddedTarget } from './embedded-target.ts';
import { planEnvironment } from './execute-k6.ts';
import type { GuardedPlan, Targets } from './guard-run.ts';

export interface PreparedRun {
  readonly plan: LoadPlan;
  readonly k6: { readonly path: string; readonly version: string };
  readonly bundle: string;
  /** Script and style of the HTML report: bundled now, so that nothing waits for them at the end. */
  readonly page: PageAssets;
  readonly scratchDir: string;
  /** k6's own config file, empty, so that the one in the user's home decides nothing. */
  readonly configPath: string;
  /** File with the times of a replay, or null. */
  readonly recordedPath: string | null;
  /** File of bodies, or null. */
  readonly bodiesPath: string | null;
  /** Requests per second that k6 must not pass, for a scenario of the user's own; or null. */
  readonly rpsLimit: number | null;
  /** Cap of all orders, for scenarios whose number nothing declares. */
  readonly maxRequests: number;
}

export interface PrepareInput {
  readonly config: RunConfig;
  readonly guarded: GuardedPlan;
  readonly recorded: RecordedLoad | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly root: string;
  readonly say: (line: string) => void;
  /** Shows what the run is about to do; called before anything is asked of a target. */
  readonly announce: (plan: LoadPlan) => void;
}

/**
 * Gets everything a run needs before its first order: k6, the bundle, a target that answers, and k6's
 * own word that it will do no more than the plan says. What was started is left in `cleanups`.
 */
export async function prepareRun(input: PrepareInput, cleanups: Cleanups): Promise<PreparedRun> {
  const { config, guarded, recorded, env, root, say, announce } = input;
  const { scratchDir, configPath, recordedPath } = await createScratchDir(recorded, cleanups);

  const [k6, bundle, page, targets] = await allOrFirstError([
    provisionK6({ env, say }),
    bundleScenario(config, root, scratchDir),
    bundlePage(join(root, 'lib', 'page')),
    startedTargets(guarded, env, root, cleanups),
  ]);
  const plan = guarded.withTargets(targets);
  const { bodiesPath } = config;
  const planned = { plan, recordedPath, bodiesPath };
  await inspectDeclared(k6.path, bundle, planned, env, configPath, guarded.caps);
  const { maxRatePerSecond, maxRequests } = guarded.caps;
  announce(plan);
  await checkTargets(plan, guarded, env);
  // What k6 declares are iterations, and one of a user's own may send any number of requests.
  const isOwn = config.scenarioFile !== null;
  const rpsLimit = isOwn ? Math.max(1, Math.floor(maxRatePerSecond)) : null;
  return {
    ...{ plan, k6, bundle, page, scratchDir, configPath, recordedPath, bodiesPath },
    ...{ rpsLimit, maxRequests },
  };
}

/**
 * A folder that goes with the run, with k6's own empty config in it and the times of a replay.
 * @throws UserError E_SCRATCH_UNWRITABLE (exit 4).
 */
async function createScratchDir(recorded: RecordedLoad | null, cleanups: Cleanups) {
  const root = tmpdir();
  try {
    const scratchDir = await mkdtemp(join(root, 'order-load-'));
    cleanups.add(() => rm(scratchDir, { recursive: true, force: true }));
    const configPath = join(scratchDir, 'k6-config.json');
    await writeFile(configPath, '{}');
    if (recorded === null) return { scratchDir, configPath, recordedPath: null };
    const recordedPath = join(scratchDir, 'recorded.json');
    await writeFile(recordedPath, JSON.stringify(recorded.recordedMs));
    return { scratchDir, configPath, recordedPath };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      'E_SCRATCH_UNWRITABLE',
      `Cannot write to the temporary folder ${root} (${code}). Free some space, or name another one in TMPDIR.`,
      EXIT.environment,
    );
  }
}

/** Into a folder of this run's own: another run may be reading the bundle of the same name right now. */
async function bundleScenario(config: RunConfig, root: string, outDir: string): Promise<string> {
  const entry = config.scenarioFile ?? join(root, 'scenarios', `${config.scenario}.ts`);
  const options = { entries: [entry], libDir: join(root, 'lib') };
  const [bundle] = await bundleScenarios({ ...options, outDir, wrapped: true });
  return bundle as string;
}

/** The base URLs of a run's targets; the embedded ones run by then. */
async function startedTargets(
  { plan, embedded, embeddedB }: GuardedPlan,
  env: PrepareInput['env'],
  root: string,
  cleanups: Cleanups,
): Promise<Targets> {
  const started = async (url: string, its: EmbeddedTarget | null): Promise<string> => {
    if (its === null) return url;
    const target = await startLocalTarget({
      script: join(root, 'scripts', 'target.ts'),
      args: its.args,
      env,
    });
    cleanups.add(() => target.stop());
    return target.url;
  };
  if (plan.targetB === undefined) return { target: await started(plan.target, embedded) };
  const [target, targetB] = await allOrFirstError([
    started(plan.target, embedded),
    started(plan.targetB, embeddedB),
  ]);
  return { target, targetB };
}

/** One GET to each target that is not ours. */
async function checkTargets(
  { target, targetB }: LoadPlan,
  { embedded, embeddedB }: GuardedPlan,
  env: PrepareInput['env'],
): Promise<void> {
  await allOrFirstError([
    ...(embedded === null ? [checkReachable(target, { env })] : []),
    ...(targetB !== undefined && embeddedB === null ? [checkReachable(targetB, { env })] : []),
  ]);
}

/**
 * Has k6 say what it would do, which a scenario file of the user's own may decide otherwise than the
 * plan.
 */
async function inspectDeclared(
  k6Path: string,
  bundle: string,
  { plan, recordedPath, bodiesPath }: Pick<PreparedRun, 'plan' | 'recordedPath' | 'bodiesPath'>,
  env: PrepareInput['env'],
  configPath: string,
  caps: LoadCaps,
): Promise<void> {
  const requirements = await inspectBundle(
    k6Path,
    bundle,
    ['--config', configPath],
    k6Environment(env, planEnvironment(plan, { exact: false, recordedPath, bodiesPath })),
    redactor(secretsOf(plan, env)),
  );
  checkDeclaredLoad(declaredLoad(requirements.scenarios), caps, plan);
}

/** Waits for all, so that nothing is still being started when the first error is thrown. */
async function allOrFirstError<const T extends readonly Promise<unknown>[]>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(promises);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return (await Promise.all(promises)) as { -readonly [K in keyof T]: Awaited<T[K]> };
}
