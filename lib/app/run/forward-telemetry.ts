import { checkSecrets } from '../../core/config/check-secrets.ts';
import type { Env } from '../../core/config/env.ts';
import { prometheusEnv } from '../../core/config/required-env.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import { groupDigits } from '../../core/report/format-figure.ts';
import { publicUrl } from '../../core/report/public-url.ts';
import { createPushForwarder, type PushForwarder } from '../../node/telemetry/push-forwarder.ts';

export interface Forwarding {
  readonly forward?: PushForwarder['forward'];
  /** Says in one line what became of the pushes; never throws. */
  readonly finish: () => Promise<void>;
}

/** A Prometheus that is away may hold up the end of a run that long. */
const FINISH_WITHIN_MS = 5000;

/** Refuses a run whose secrets for --prometheus are not in the environment. */
export function checkPrometheusEnv(prometheus: RunConfig['prometheus'], env: Env): void {
  checkSecrets(prometheusEnv(prometheus), env, '--prometheus needs it');
}

/** Hands the telemetry of a run on to --prometheus; without one it does nothing. */
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
