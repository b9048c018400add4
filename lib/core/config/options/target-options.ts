import type { OptionSpec } from './option-spec.ts';

/** Which order API is under test. */
export const TARGET_OPTIONS = {
  target: {
    flag: '--target <url>',
    env: ['LOAD_TARGET', 'BASE_URL'],
    inFile: true,
    kind: 'baseUrl',
    description: 'base URL of the order API',
    default: 'the embedded order API',
  },
  release: {
    flag: '--release <version>',
    env: ['LOAD_RELEASE'],
    inFile: true,
    kind: 'label',
    description: 'version of the order API under test; does not split a series',
    default: 'the tag that CI runs for (GITHUB_REF_NAME, CI_COMMIT_TAG …), or none',
  },
  targetB: {
    flag: '--target-b <url>',
    env: ['LOAD_TARGET_B', 'BASE_URL_B'],
    inFile: true,
    kind: 'baseUrl',
    description: 'ab: base URL of the order API to compare with the target',
    default: 'the embedded order API, if --target is not given either',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
