import { checkSecrets } from '../../core/config/check-secrets.ts';
import type { Env } from '../../core/config/env.ts';
import { prometheusEnv } from '../../core/config/required-env.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import { groupDigits } from '../../core/report/format-figure.ts';
import { publicUrl } from '../../core/report/public-url.ts';
import { createPushForwarder, type PushForwarder } from '../../node/telemetry/push-forwarder.ts';

export interface Forwarding {
  readonly forward?: PushForwarder['forward'];
  /** Prints in one line how many pushes were forwarded; never throws. */
  readonly finish: () => Promise<void>;
}

/** How long a Prometheus that is down may delay the end of a run. */
const FINISH_WITHIN_MS = 5000;

/** Refuses a run if the secrets for --prometheus are not in the environment. */
export function checkPrometheusEnv(prometheus: RunConfig['prometheus'], env: Env): void {
  checkSecrets(prometheusEnv(prometheus), env, '--prometheus needs it');
}

/** Forwards the telemetry of a run to --prometheus; does nothing without that option. */
export function startForwarding(
  prometheus: RunConfig['prometheus'],
  env: Env,
  say: (line: string) => void,
): Forwarding {
  if (prometheus === null) return { finish: async () => undefined };
  const { url, bearerEnv, headers } = prometheus;
  const { forward, finish } = createPushForwarder({
    url,
    headers: {
      ...(bearerEnv !== null && { authorization: `Bearer ${env[bearerEnv] ?? ''}` }),
      ...Object.fromEntries(headers.map(({ name, env: variable }) => [name, env[variable] ?? ''])),
    },
  });
  return {
    forward,
    finish: async () => {
      const { forwarded, failed, lastFailure } = await finish(FINISH_WITHIN_MS);
      const lost = failed === 0 ? '' : `; the last failure: ${lastFailure}`;
      say(
        `forwarded ${groupDigits(forwarded)} pushes to ${publicUrl(url)}, ${groupDigits(failed)} failed${lost}`,
      );
    },
  };
}
