import { createHash, createHmac } from 'node:crypto';
import { hostHeader, withoutHost } from '../../core/auth/host-header.ts';
import { type Sigv4Hashes, sigv4Signer } from '../../core/auth/sigv4.ts';
import type { Env } from '../../core/config/env.ts';
import type { LoadPlan } from '../../core/load/load-plan.ts';

const HASHES: Sigv4Hashes<Buffer> = {
  sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  hmacSha256: (key, text) => createHmac('sha256', key).update(text).digest(),
  hmacSha256Hex: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
};

/**
 * Headers of a GET of this run, authorised as its orders are; `path` is relative to the plan's target. `token` returns
 * the current token if it is renewed.
 */
export function requestHeaders(
  plan: Pick<LoadPlan, 'target' | 'query' | 'headers' | 'auth' | 'mapping'>,
  env: Env,
  token: () => string = () => '',
): (path: string) => Readonly<Record<string, string>> {
  const { auth, mapping } = plan;
  const fixed: Record<string, string> = { ...mapping.headers };
  for (const { name, env: variable } of plan.headers) fixed[name] = env[variable] ?? '';
  if (auth.kind === 'apiKey') fixed['x-api-key'] = env[auth.env] ?? '';
  if (auth.kind === 'bearer') fixed['authorization'] = `Bearer ${env[auth.env] ?? ''}`;
  if (auth.kind === 'renewed') return () => ({ ...fixed, authorization: `Bearer ${token()}` });
  if (auth.kind !== 'sigv4') return () => fixed;
  const credentials = {
    accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
    sessionToken: env['AWS_SESSION_TOKEN'] || null,
  };
  const sign = sigv4Signer(HASHES, credentials, auth.region, auth.service);
  const { host: hostOfTarget, pathname } = new URL(plan.target);
  const host = hostHeader(fixed) ?? hostOfTarget;
  const [query, headers] = [plan.query ?? '', withoutHost(mapping.headers)];
  const base = pathname === '/' ? '' : pathname;
  return (path) => ({
    ...fixed,
    ...sign({ method: 'GET', host, path: `${base}${path}`, query, headers, body: '' }, Date.now()),
  });
}
