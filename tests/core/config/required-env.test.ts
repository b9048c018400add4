import { expect, it } from 'vitest';
import {
  checkRequiredEnv,
  optionalEnv,
  requiredEnv,
} from '../../../lib/core/config/required-env.ts';

const headers = [{ name: 'x-a', env: 'A' }];

it('names each variable that the run needs, once', () => {
  expect(requiredEnv({ auth: { kind: 'bearer', env: 'A' }, headers })).toEqual(['A']);
  const sigv4 = {
    auth: { kind: 'sigv4', region: 'eu-west-1', service: 'lambda' },
    headers,
  } as const;
  expect(requiredEnv(sigv4)).toEqual(['A', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);
  expect(optionalEnv(sigv4)).toEqual(['AWS_SESSION_TOKEN']);
  expect(optionalEnv({ auth: { kind: 'none' } })).toEqual([]);
});

it('refuses a run without its secrets, empty ones too', () => {
  const plan = { auth: { kind: 'apiKey', env: 'KEY' }, headers } as const;
  checkRequiredEnv(plan, { A: '1', KEY: '2' });
  expect(() => checkRequiredEnv(plan, { A: '1', KEY: '' })).toThrow(/^KEY: not set/);
  expect(() => checkRequiredEnv(plan, {})).toThrow(/^A, KEY: not set/);
});
