import type { OptionSpec } from './option-spec.ts';

/** The name of the target, and how requests are authenticated. */
export const REQUEST_OPTIONS = {
  label: {
    flag: '--label <text>',
    env: ['LOAD_LABEL'],
    inFile: true,
    kind: 'label',
    description: 'name of the target in the report; does not split a series',
    default: 'host and path of the target',
  },
  headers: {
    flag: '--header <name=env:VAR>',
    env: ['LOAD_HEADERS'],
    inFile: true,
    kind: 'headers',
    repeatable: true,
    description: 'header to add to every request, with its value from an environment variable',
    default: 'none',
  },
  apiKeyEnv: {
    flag: '--api-key-env <VAR>',
    env: ['LOAD_API_KEY_ENV'],
    inFile: true,
    kind: 'envName',
    description: 'environment variable that holds the API key (x-api-key)',
    default: 'none',
  },
  bearerEnv: {
    flag: '--bearer-env <VAR>',
    env: ['LOAD_BEARER_ENV'],
    inFile: true,
    kind: 'envName',
    description: 'environment variable that holds the bearer token',
    default: 'none',
  },
  sigv4: {
    flag: '--sigv4 <region[/service]>',
    env: ['LOAD_SIGV4'],
    inFile: true,
    kind: 'sigv4',
    description:
      'sign requests with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN',
    default: 'none; the service is execute-api',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
