import type { Env } from '../../core/config/env.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import { UserError } from '../../core/errors/user-error.ts';
import type { PlatformControl } from '../../core/lambda/platform-control.ts';
import { openLocalControl } from '../../node/platform/local-control.ts';
import { type OrderApiProcess, startOrderApiProcess } from '../../node/run/order-api-process.ts';
import { START_SCRIPT } from '../cli/command-start.ts';
import { embeddedOrderApi } from '../run/embedded-order-api.ts';

/** Where a sweep changes settings, and what it loads. */
export interface SweepPlatform {
  readonly control: PlatformControl;
  /** Base URL of the order API, or null if it is not known: then only direct invocation is possible. */
  readonly target: string | null;
  /** The order API was started for this sweep, and its settings end with it. */
  readonly isEmbedded: boolean;
  /** Ends the connection, and the embedded order API. */
  readonly close: () => Promise<void>;
}

type PlatformConfig = Pick<RunConfig, 'target' | 'deployment' | 'store' | 'lens' | 'region'>;

/**
 * Opens the platform that a sweep's options name: AWS with `--lens aws`; the local order API at `--target` with `--lens
 * local`; else the embedded order API, which is started for it.
 *
 * @param embeddedArgs further options of the embedded order API, which win over its deployment
 * @throws UserError E_USAGE (exit 2) if the options do not say where the settings are; E_PLATFORM_UNREACHABLE or E_LOCAL_TARGET
 *   (exit 4).
 */
export async function openSweepPlatform(
  config: PlatformConfig,
  env: Env,
  embeddedArgs: readonly string[] = [],
): Promise<SweepPlatform> {
  const { target, lens, region } = config;
  if (lens === 'aws') {
    // The SDK takes a second to load.
    const { createAwsControl } = await import('../../node/platform/aws-control.ts');
    const endpoint = env['AWS_ENDPOINT_URL'] || null;
    const control = await createAwsControl({ region, endpoint });
    return { control, target, isEmbedded: false, close: () => control.close() };
  }
  if (target !== null) {
    if (lens === 'local') return openLocal(target, null);
    throw new UserError(
      'E_USAGE',
      'where are the settings of --target? Add --lens aws with --function, or --lens local for an order API started with --control',
    );
  }
  const embedded = embeddedOrderApi(config);
  const args = ['order-api', ...(embedded?.args ?? []), ...embeddedArgs, '--control'];
  const api = await startOrderApiProcess({ script: START_SCRIPT, args, env });
  try {
    return await openLocal(api.url, api);
  } catch (error) {
    await api.stop();
    throw error;
  }
}

/** The config of a load run against the platform of the sweep. */
export function sweepRunConfig({
  config,
  platform,
}: {
  readonly config: RunConfig;
  readonly platform: SweepPlatform;
}): RunConfig {
  const { command: _, ...run } = config;
  const isLocal = platform.control.address.platform === 'local';
  return {
    ...run,
    target: platform.target,
    deployment: null,
    store: null,
    // On AWS the sweep reads Lambda's log once for all runs, instead of waiting for CloudWatch after each.
    lens: isLocal ? 'local' : 'none',
  };
}

/** Where a function is, after its name. */
export function placeText({ control, isEmbedded }: SweepPlatform): string {
  const { address } = control;
  if (address.platform === 'aws') {
    return `on AWS${address.region === null ? '' : ` in ${address.region}`}`;
  }
  return isEmbedded ? 'of the embedded order API' : `of the local order API at ${address.baseUrl}`;
}

async function openLocal(url: string, api: OrderApiProcess | null): Promise<SweepPlatform> {
  const control = await openLocalControl(url);
  const close = async (): Promise<void> => {
    await control.close();
    await api?.stop();
  };
  return { control, target: url, isEmbedded: api !== null, close };
}
