import { hmac, sha256 } from 'k6/crypto';
import { hostHeader, withoutHost } from '../core/auth/host-header.ts';
import { type Sigv4Hashes, sigv4Signer } from '../core/auth/sigv4.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { readEnv, requireSecret } from './env.ts';
import { carryToken } from './renewed-token.ts';

export interface RequestToSign {
  readonly method: string;
  /** Path relative to the plan's target. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RequestSigner {
  /** Headers of every request that do not depend on its body. */
  readonly fixedHeaders: Record<string, string>;
  /** Returns all headers of a request with this body if requests are signed; otherwise null. */
  readonly perRequest: ((body: string) => Record<string, string>) | null;
}

/** Creates request headers with the secrets that a plan names, read from the environment. */
export function createRequestSigner(plan: LoadPlan, request: RequestToSign): RequestSigner {
  const fixedHeaders: Record<string, string> = { ...request.headers };
  for (const { name, env } of plan.headers) {
    fixedHeaders[name] = requireSecret(env, `the header ${name}`);
  }
  const { auth } = plan;
  if (auth.kind === 'apiKey') fixedHeaders['x-api-key'] = requireSecret(auth.env, 'the API key');
  if (auth.kind === 'bearer') {
    fixedHeaders['authorization'] = `Bearer ${requireSecret(auth.env, 'the bearer token')}`;
  }
  if (auth.kind === 'renewed') carryToken(fixedHeaders);
  if (auth.kind !== 'sigv4') return { fixedHeaders, perRequest: null };

  const sign = sigv4Signer<ArrayBuffer>(HASHES, credentials(), auth.region, auth.service);
  const { host, basePath } = splitTarget(plan.target);
  const signed = {
    method: request.method,
    host: hostHeader(fixedHeaders) ?? host,
    path: `${basePath}${request.path}`,
    query: plan.query ?? '',
    headers: withoutHost(request.headers),
  };
  return {
    fixedHeaders,
    perRequest: (body) => ({ ...fixedHeaders, ...sign({ ...signed, body }, Date.now()) }),
  };
}

const HASHES: Sigv4Hashes<ArrayBuffer> = {
  sha256Hex: (text) => sha256(text, 'hex'),
  hmacSha256: (key, text) => hmac('sha256', key, text, 'binary'),
  hmacSha256Hex: (key, text) => hmac('sha256', key, text, 'hex'),
};

function credentials() {
  const purpose = 'SigV4 signing';
  return {
    accessKeyId: requireSecret('AWS_ACCESS_KEY_ID', purpose),
    secretAccessKey: requireSecret('AWS_SECRET_ACCESS_KEY', purpose),
    sessionToken: readEnv()['AWS_SESSION_TOKEN'] || null,
  };
}

/** k6 has no URL parser, but the plan's target is already normalised. */
function splitTarget(target: string): { host: string; basePath: string } {
  const [, host = '', basePath = ''] = /^https?:\/\/([^/]+)(.*)$/.exec(target) ?? [];
  return { host, basePath };
}
