import { UserError } from '../errors/user-error.ts';
import type { Auth } from '../load/load-plan.ts';
import type { GivenOptions } from './read-options.ts';
import type { RunConfig, TokenFrom } from './run-config.ts';

const CREDENTIALS = ['apiKeyEnv', 'bearerEnv', 'bearerCommand', 'oauth2TokenUrl', 'sigv4'] as const;
const OF_OAUTH2 = [
  'oauth2ClientIdEnv',
  'oauth2ClientSecretEnv',
  'oauth2Scope',
  'oauth2Audience',
] as const;

export type Access = Pick<
  RunConfig,
  'auth' | 'tokenFrom' | 'ca' | 'clientCertificate' | 'query' | 'preflightPath'
>;

/** How requests get into the target. */
export function accessOf(given: GivenOptions): Access {
  const { values } = given;
  const tokenFrom = tokenFromOf(given);
  return {
    auth: authOf(given, tokenFrom),
    tokenFrom,
    ca: values.ca ?? null,
    clientCertificate: clientCertificateOf(given),
    query: (values.query ?? []).join('&'),
    preflightPath: values.preflightPath === 'none' ? null : (values.preflightPath ?? ''),
  };
}

function authOf({ values, sources }: GivenOptions, tokenFrom: TokenFrom | null): Auth {
  const ways = CREDENTIALS.filter((key) => values[key]);
  if (ways.length > 1) {
    const named = ways.map((key) => sources[key]).join(' and ');
    throw new UserError('E_AUTH_CONFLICT', `${named} exclude each other; use only one of them`);
  }
  if (values.apiKeyEnv) return { kind: 'apiKey', env: values.apiKeyEnv };
  if (values.bearerEnv) return { kind: 'bearer', env: values.bearerEnv };
  if (tokenFrom !== null) return { kind: 'renewed', env: envOf(tokenFrom) };
  if (values.sigv4) return { kind: 'sigv4', ...values.sigv4 };
  return { kind: 'none' };
}

function envOf(from: TokenFrom): readonly string[] {
  return from.kind === 'oauth2' ? [from.clientIdEnv, from.clientSecretEnv] : [];
}

function tokenFromOf({ values, sources }: GivenOptions): TokenFrom | null {
  const { bearerCommand: command, oauth2TokenUrl: url } = values;
  if (url !== undefined) {
    return {
      kind: 'oauth2',
      url,
      clientIdEnv: values.oauth2ClientIdEnv ?? 'OAUTH2_CLIENT_ID',
      clientSecretEnv: values.oauth2ClientSecretEnv ?? 'OAUTH2_CLIENT_SECRET',
      scope: values.oauth2Scope ?? null,
      audience: values.oauth2Audience ?? null,
    };
  }
  const idle = OF_OAUTH2.find((key) => sources[key]?.startsWith('--'));
  if (idle !== undefined) {
    throw new UserError(
      'E_OAUTH2',
      `${sources[idle]}: there is no token endpoint; name it with --oauth2-token-url`,
    );
  }
  return command === undefined ? null : { kind: 'command', command };
}

function clientCertificateOf({ values, sources }: GivenOptions): RunConfig['clientCertificate'] {
  const { clientCert: cert, clientKey } = values;
  if (cert !== undefined) return { cert, key: clientKey ?? cert };
  if (clientKey === undefined) return null;
  throw new UserError(
    'E_CLIENT_CERT',
    `${sources.clientKey}: there is no certificate for this key; name it with --client-cert`,
  );
}
