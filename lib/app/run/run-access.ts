import type { Env } from '../../core/config/env.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import {
  type ClientCertificate,
  readClientCertificate,
} from '../../node/http/client-certificate.ts';
import type { TargetAccess } from '../../node/http/target-dispatcher.ts';
import { asksSystem, readTrustedCertificates } from '../../node/http/trusted-certificates.ts';

/** How a run reaches its target, both from k6 and from this process. */
export interface RunAccess extends TargetAccess {
  readonly clientCertificate: ClientCertificate | null;
  /** Content of the file of authorities that k6 trusts, or null for the system's own. */
  readonly k6File: string | null;
  /** Options without effect here, in plain words. */
  readonly notes: readonly string[];
}

export interface AccessInput {
  readonly cwd: string;
  readonly env: Env;
  readonly platform: NodeJS.Platform;
}

/**
 * Reads the certificates of a run; reads nothing if it does not use https.
 *
 * @throws UserError E_CA, E_CLIENT_CERT (exit 2)
 */
export async function readRunAccess(config: RunConfig, input: AccessInput): Promise<RunAccess> {
  const { target, targetB, tokenFrom, ca } = config;
  const tokenUrl = tokenFrom?.kind === 'oauth2' ? tokenFrom.url : null;
  const isTls = [target, targetB, tokenUrl].some((url) => url?.startsWith('https:'));
  const trusted =
    isTls || ca !== null ? await readTrustedCertificates(ca, input) : { k6File: null, all: null };
  const isUnused = ca !== null && asksSystem(input.platform);
  return {
    env: input.env,
    trusted: trusted.all,
    clientCertificate: await readClientCertificate(config.clientCertificate, input.cwd),
    k6File: trusted.k6File,
    notes: isUnused
      ? ["--ca      k6 trusts only this system's own authorities: add this one there as well"]
      : [],
  };
}
