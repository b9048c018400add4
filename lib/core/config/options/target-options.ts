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
  release: {
    flag: '--release <version>',
    env: ['LOAD_RELEASE'],
    inFile: true,
    kind: 'label',
    description:
      'version of the order API that is loaded; shown beside the run, it makes no series',
    default: 'the tag that CI runs for (GITHUB_REF_NAME, CI_COMMIT_TAG …), or none',
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
