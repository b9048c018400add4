import { describe, expect, it } from 'vitest';
import { commitOfCi, releaseOfCi } from '../../../lib/core/config/ci-variables.ts';

const SHA = 'd83bd75442467e59dff8803b8723340b3b0ed923';

describe('commitOfCi', () => {
  it.each([
    'GITHUB_SHA',
    'CI_COMMIT_SHA',
    'GIT_COMMIT',
    'BUILDKITE_COMMIT',
    'BITBUCKET_COMMIT',
    'CIRCLE_SHA1',
    'BUILD_SOURCEVERSION',
    'CODEBUILD_RESOLVED_SOURCE_VERSION',
  ])('takes %s', (name) => {
    expect(commitOfCi({ [name]: SHA }, '/work/suite')).toBe(SHA);
  });

  it('takes it only for what lies in the checkout', () => {
    const env = { GITHUB_SHA: SHA, GITHUB_WORKSPACE: '/work/api/' };
    expect(commitOfCi(env, '/work/api')).toBe(SHA);
    expect(commitOfCi(env, '/work/api/load')).toBe(SHA);
    expect(commitOfCi(env, '/work/api-load')).toBeNull();
    expect(commitOfCi(env, '/opt/suite')).toBeNull();
  });

  it('takes no word for a commit', () => {
    expect(commitOfCi({ GITHUB_SHA: 'main' }, '/')).toBeNull();
    expect(commitOfCi({ GITHUB_SHA: '' }, '/')).toBeNull();
    expect(commitOfCi({}, '/')).toBeNull();
  });
});

describe('releaseOfCi', () => {
  it.each([
    [{ GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.4.2' }, 'v1.4.2'],
    [{ CI_COMMIT_TAG: '1.4.2' }, '1.4.2'],
    [{ TAG_NAME: '1.4.2' }, '1.4.2'],
    [{ BUILD_SOURCEBRANCH: 'refs/tags/1.4.2' }, '1.4.2'],
    [{ GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main', GITHUB_SHA: SHA }, null],
    [{ BUILD_SOURCEBRANCH: 'refs/heads/main' }, null],
    [{ CI_COMMIT_TAG: '', CI_COMMIT_BRANCH: 'main' }, null],
    [{ CI_COMMIT_TAG: 'a\nb' }, null],
    [{}, null],
  ])('of %j is %j', (env, release) => {
    expect(releaseOfCi(env)).toBe(release);
  });
});
