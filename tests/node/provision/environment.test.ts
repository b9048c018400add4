import { describe, expect, it } from 'vitest';
import { candidatesOnPath, defaultCacheDir } from '../../../lib/node/provision/environment.ts';

describe('defaultCacheDir', () => {
  it.each([
    [{ HOME: '/home/a' }, '/home/a/.cache/serverless-order-load'],
    [{ HOME: '/home/a', XDG_CACHE_HOME: '/x' }, '/x/serverless-order-load'],
    [{ HOME: '/home/a', XDG_CACHE_HOME: 'relative' }, '/home/a/.cache/serverless-order-load'],
    [{ HOME: '/home/a', XDG_CACHE_HOME: '' }, '/home/a/.cache/serverless-order-load'],
    [{ HOME: '/home/a', ORDER_LOAD_CACHE_DIR: '/own' }, '/own'],
  ])('of %j is %s', (env, expected) => {
    expect(defaultCacheDir(env, 'linux')).toBe(expected);
  });

  it('is below LOCALAPPDATA on Windows', () => {
    expect(defaultCacheDir({ LOCALAPPDATA: '/local' }, 'win32')).toBe(
      '/local/serverless-order-load',
    );
  });
});

describe('candidatesOnPath', () => {
  it('keeps the order, drops repeated and relative folders', () => {
    const env = { PATH: '/b:.::bin:/a:/b' };
    expect(candidatesOnPath(env, 'k6', 'linux')).toEqual(['/b/k6', '/a/k6']);
    expect(candidatesOnPath({}, 'k6', 'linux')).toEqual([]);
  });

  it('finds the variable by any case on Windows, and adds .exe', () => {
    expect(candidatesOnPath({ Path: '/a' }, 'k6', 'win32')).toEqual(['/a/k6.exe']);
  });
});
