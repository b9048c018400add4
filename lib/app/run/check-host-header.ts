import { checkHost } from '../../core/config/check-host.ts';
import type { Env } from '../../core/config/env.ts';
import { UserError } from '../../core/errors/user-error.ts';
import type { LoadPlan } from '../../core/load/load-plan.ts';

/**
 * Refuses a Host header that names a host which may not be loaded: servers on a shared address and forward proxies go
 * by it.
 *
 * @throws UserError E_HOST_HEADER, E_HOST_NOT_ALLOWED (exit 2)
 */
export function checkHostHeader(
  { headers, mapping }: Pick<LoadPlan, 'headers' | 'mapping'>,
  env: Env,
  allowHosts: readonly string[],
): void {
  const values = [
    ...Object.entries(mapping.headers),
    ...headers.map(({ name, env: variable }) => [name, env[variable] ?? ''] as const),
  ].flatMap(([name, value]) => (name.toLowerCase() === 'host' ? value : []));
  for (const value of values) {
    const isHost = /^[^\s/?#@\\]+$/.test(value) && URL.canParse(`http://${value}`);
    if (!isHost) {
      throw new UserError(
        'E_HOST_HEADER',
        'The Host header does not hold a host; give one like shop.example.com or shop.example.com:8443.',
      );
    }
    checkHost(new URL(`http://${value}`), allowHosts);
  }
}
