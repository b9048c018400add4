import type { OptionSpec } from './option-spec.ts';

/** Which order API is loaded. */
export const TARGET_OPTIONS = {
  target: {
    flag: '--target <url>',
    env: ['LOAD_TARGET', 'BASE_URL'],
    inFile: true,
    kind: 'baseUrl',
    description: 'base URL of the order API',
    default: 'the embedded order API',
  },
  targetB: {
    flag: '--target-b <url>',
    env: ['LOAD_TARGET_B', 'BASE_URL_B'],
    inFile: true,
    kind: 'baseUrl',
    description: 'ab: base URL of the order API that is compared with the target',
    default: 'the embedded order API, where --target is not given either',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
