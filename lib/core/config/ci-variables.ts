import type { Env } from './env.ts';

/** Per CI service: the variable with the commit that it runs for, and the one with the folder of the checkout. */
const COMMITS: readonly (readonly [commit: string, folder: string])[] = [
  ['GITHUB_SHA', 'GITHUB_WORKSPACE'],
  ['CI_COMMIT_SHA', 'CI_PROJECT_DIR'],
  ['GIT_COMMIT', 'WORKSPACE'],
  ['BUILDKITE_COMMIT', 'BUILDKITE_BUILD_CHECKOUT_PATH'],
  ['BITBUCKET_COMMIT', 'BITBUCKET_CLONE_DIR'],
  ['CIRCLE_SHA1', 'CIRCLE_WORKING_DIRECTORY'],
  ['BUILD_SOURCEVERSION', 'BUILD_SOURCESDIRECTORY'],
  ['CODEBUILD_RESOLVED_SOURCE_VERSION', 'CODEBUILD_SRC_DIR'],
];

/** Variables that hold a tag, and are empty if CI runs for a branch. */
const TAGS = ['CI_COMMIT_TAG', 'TAG_NAME', 'BUILDKITE_TAG', 'BITBUCKET_TAG', 'CIRCLE_TAG'];

const COMMIT = /^[0-9a-f]{7,64}$/i;
/** As in `--label`. */
const RELEASE = /^[\p{L}\p{N}\p{P}\p{S} ]{1,80}$/u;

/**
 * The commit that CI runs for, or null. Null as well if `folder` is not in its checkout: a suite that came with an image,
 * or from elsewhere, is of another commit.
 */
export function commitOfCi(env: Env, folder: string): string | null {
  for (const [name, place] of COMMITS) {
    const commit = env[name]?.trim() ?? '';
    if (COMMIT.test(commit)) return isWithin(folder, env[place]) ? commit : null;
  }
  return null;
}

/**
 * The tag that CI runs for, or null. A branch or a commit does not count: the API under test may have been deployed from
 * another one, and a version that may be wrong is worse than none.
 */
export function releaseOfCi(env: Env): string | null {
  const github = env['GITHUB_REF_TYPE'] === 'tag' ? env['GITHUB_REF_NAME'] : undefined;
  const azure = /^refs\/tags\/(.+)$/.exec(env['BUILD_SOURCEBRANCH'] ?? '')?.[1];
  const tag = [github, ...TAGS.map((name) => env[name]), azure]
    .map((value) => value?.trim() ?? '')
    .find((value) => value !== '');
  return tag !== undefined && RELEASE.test(tag) ? tag : null;
}

function isWithin(folder: string, checkout: string | undefined): boolean {
  // If a service does not tell where its checkout is, `folder` is assumed to be in it.
  if (checkout === undefined || checkout.trim() === '' || checkout.startsWith('~')) return true;
  const [inner, outer] = [folder, checkout].map((one) => one.trim().replace(/\/+$/, ''));
  return inner === outer || (inner as string).startsWith(`${outer}/`);
}
