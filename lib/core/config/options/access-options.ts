import type { OptionSpec } from './option-spec.ts';

/** How requests get into the target: certificates, renewed tokens, query parameters. */
export const ACCESS_OPTIONS = {
  bearerCommand: {
    flag: '--bearer-command <command>',
    env: ['LOAD_BEARER_COMMAND'],
    inFile: true,
    kind: 'command',
    description:
      'command that prints a bearer token; run again before the token expires, or after a 401',
    default: 'none',
  },
  oauth2TokenUrl: {
    flag: '--oauth2-token-url <url>',
    env: ['LOAD_OAUTH2_TOKEN_URL'],
    inFile: true,
    kind: 'tokenUrl',
    description:
      'get bearer tokens from this endpoint by OAuth2 client credentials, and renew them before they expire or after a 401',
    default: 'none',
  },
  oauth2ClientIdEnv: {
    flag: '--oauth2-client-id-env <VAR>',
    env: ['LOAD_OAUTH2_CLIENT_ID_ENV'],
    inFile: true,
    kind: 'envName',
    description: 'environment variable that holds the OAuth2 client id',
    default: 'OAUTH2_CLIENT_ID',
  },
  oauth2ClientSecretEnv: {
    flag: '--oauth2-client-secret-env <VAR>',
    env: ['LOAD_OAUTH2_CLIENT_SECRET_ENV'],
    inFile: true,
    kind: 'envName',
    description: 'environment variable that holds the OAuth2 client secret',
    default: 'OAUTH2_CLIENT_SECRET',
  },
  oauth2Scope: {
    flag: '--oauth2-scope <scopes>',
    env: ['LOAD_OAUTH2_SCOPE'],
    inFile: true,
    kind: 'oauth2Text',
    description: 'OAuth2 scopes to request, separated by spaces',
    default: 'none',
  },
  oauth2Audience: {
    flag: '--oauth2-audience <audience>',
    env: ['LOAD_OAUTH2_AUDIENCE'],
    inFile: true,
    kind: 'oauth2Text',
    description: 'OAuth2 audience to request, if the token endpoint requires one',
    default: 'none',
  },
  ca: {
    flag: '--ca <file>',
    env: ['LOAD_CA'],
    inFile: true,
    kind: 'path',
    description: 'PEM file of a certificate authority to trust in addition to those of the system',
    default: 'none',
  },
  clientCert: {
    flag: '--client-cert <file>',
    env: ['LOAD_CLIENT_CERT'],
    inFile: true,
    kind: 'path',
    description: 'PEM file of the client certificate, for a target that requires one (mTLS)',
    default: 'none',
  },
  clientKey: {
    flag: '--client-key <file>',
    env: ['LOAD_CLIENT_KEY'],
    inFile: true,
    kind: 'path',
    description: 'PEM file of the unencrypted private key of --client-cert',
    default: 'the file of --client-cert',
  },
  query: {
    flag: '--query <name=value>',
    env: ['LOAD_QUERY'],
    inFile: true,
    kind: 'queryParameters',
    repeatable: true,
    description: 'query parameter to add to every request, such as api-version=2; no secrets',
    default: 'none',
  },
  preflightPath: {
    flag: '--preflight-path <path>',
    env: ['LOAD_PREFLIGHT_PATH'],
    inFile: true,
    kind: 'preflightPath',
    description:
      'path below the target to check before the load, such as /health; none skips the check',
    default: 'the target itself',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
