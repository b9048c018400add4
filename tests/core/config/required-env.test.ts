import { expect, it } from 'vitest';
import { checkRequiredEnv, requiredEnv, secretsOf } from '../../../lib/core/config/required-env.ts';

const headers = [{ name: 'x-a', env: 'A' }];

it('names each variable that the run needs, once', () => {
  expect(requiredEnv({ auth: { kind: 'bearer', env: 'A' }, headers })).toEqual(['A']);
  const sigv4 = {
    auth: { kind: 'sigv4', region: 'eu-west-1', service: 'lambda' },
    headers,
  } as const;
  expect(requiredEnv(sigv4)).toEqual(['A', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);
});

it('refuses a run without its secrets, empty ones too', () => {
  const plan = { auth: { kind: 'apiKey', env: 'KEY' }, headers } as const;
  checkRequiredEnv(plan, { A: '1', KEY: '2' });
  expect(() => checkRequiredEnv(plan, { A: '1', KEY: '' })).toThrow(/^KEY: not set/);
  expect(() => checkRequiredEnv(plan, {})).toThrow(/^A, KEY: not set/);
});

it('gives the values that are there, the session token too', () => {
  const plan = {
    headers: [{ name: 'x-test', env: 'TEST' }],
    auth: { kind: 'sigv4', region: 'eu-west-1', service: 'execute-api' },
  } as const;
  const env = { TEST: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 'c', OTHER: 'd' };
  expect(secretsOf(plan, env)).toEqual(['a', 'b', 'c']);
  expect(secretsOf({ ...plan, auth: { kind: 'none' } }, env)).toEqual(['a']);
});
