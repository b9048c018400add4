import { expect, it } from 'vitest';
import { npmBannerNote } from '../../../lib/app/cli/note-npm-banner.ts';

const byNpm = {
  argv: ['node', '/suite/scripts/compare.ts', 'a', 'b', '--json'],
  env: {
    npm_lifecycle_event: 'compare',
    npm_lifecycle_script: 'exec node scripts/start.mjs compare',
  },
  isTerminal: false,
};

it('says how JSON comes without the banner of npm', () => {
  expect(npmBannerNote(byNpm)).toContain('npm run -s compare -- … --json');
});

it.each([
  ['npm is silent', { env: { ...byNpm.env, npm_config_loglevel: 'silent' } }],
  ['a person reads it', { isTerminal: true }],
  ['no JSON was asked for', { argv: byNpm.argv.slice(0, -1) }],
  ['node was run by hand', { env: {} }],
  [
    'another command of npm started it',
    { env: { ...byNpm.env, npm_lifecycle_script: 'node scripts/start.mjs nightly' } },
  ],
])('says nothing where %s', (_, changes) => {
  expect(npmBannerNote({ ...byNpm, ...changes })).toBeNull();
});
