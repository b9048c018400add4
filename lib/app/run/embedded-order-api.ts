import type { OrderApiConfig } from '../../../order-api/config/order-api-config.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { parseOrderApiFlags } from '../order-api/order-api-flags.ts';

export interface EmbeddedOrderApi {
  /** Arguments of `npm run order-api`. */
  readonly args: readonly string[];
  /** The same arguments, parsed. */
  readonly config: OrderApiConfig;
}

/**
 * The embedded order API of a run, or null if the target is the user's own.
 *
 * @throws UserError (exit 2) if the deployment cannot be read, or cannot be started as it is.
 */
export function embeddedOrderApi({
  target,
  deployment,
  store,
}: Pick<RunConfig, 'target' | 'deployment' | 'store'>): EmbeddedOrderApi | null {
  if (target !== null) return null;
  const args = [
    ...(deployment === null ? [] : [`--deployment=${deployment}`]),
    ...(store === null ? [] : ['--store', store]),
    '--port',
    '0',
    '--die-with-parent',
  ];
  const command = parseOrderApiFlags(args);
  if (command === null) throw new UserError('E_USAGE', 'nothing to start', EXIT.usage);
  return { args, config: command.config };
}
