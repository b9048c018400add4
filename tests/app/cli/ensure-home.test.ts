import { expect, it } from 'vitest';
import { ensureHome } from '../../../lib/app/cli/ensure-home.ts';

const nobody = (): string => {
  throw new Error('uv_os_homedir returned ENOENT');
};

it.each<readonly [string, Record<string, string>, () => string, RegExp | undefined]>([
  ['keeps what is set', { HOME: '/home/a' }, nobody, /^\/home\/a$/],
  ['leaves it to passwd', {}, () => '/home/b', undefined],
  ['finds one where nobody knows it', {}, nobody, /node_modules\/\.cache\/home$/],
  ['takes an empty one for none', { HOME: '' }, nobody, /node_modules\/\.cache\/home$/],
  ['also where passwd has an empty one', {}, () => '', /node_modules\/\.cache\/home$/],
])('%s', (_, env, readHome, expected) => {
  ensureHome(env, readHome);
  if (expected === undefined) expect(env).toEqual({});
  else expect(env['HOME']).toMatch(expected);
});
