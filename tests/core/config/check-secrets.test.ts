import { expect, it } from 'vitest';
import { checkSecrets } from '../../../lib/core/config/check-secrets.ts';
import { checkRequiredEnv } from '../../../lib/core/config/required-env.ts';

const refused = (secret: string) => {
  try {
    checkSecrets(['TOKEN'], { TOKEN: secret });
  } catch (error) {
    return error;
  }
  return null;
};

it.each([
  ['abc\n', /line break at its beginning or end/],
  ['\nabc', /line break at its beginning or end/],
  ['abc\r\n', /line break at its beginning or end/],
  ['abc\ndef', /contains a line break/],
  ['abc\u2028def', /contains a line break/],
  [' ', /is blank/],
  ['\t \n', /is blank/],
  ['abc\0', /control character/],
  ['abc\u007f', /control character/],
  ['abc\u001b[2J', /control character/],
])('refuses %j by the name of its variable, and does not tell it', (secret, why) => {
  const error = refused(secret);
  expect(error).toMatchObject({
    code: 'E_SECRET_INVALID',
    exitCode: 2,
    message: expect.stringMatching(why),
  });
  const { message } = error as Error;
  expect(message).toMatch(/^TOKEN: /);
  expect(message).not.toContain('abc');
  expect(message).not.toMatch(/[\r\n]/);
});

it.each(['abc', 'a b', 'a\tb', 'ключ', 'x'.repeat(10_000)])('takes %j', (secret) => {
  expect(refused(secret)).toBeNull();
});

it('looks at all secrets of a plan, those that may be left out too', () => {
  const sigv4 = { kind: 'sigv4', region: 'eu-west-1', service: 'execute-api' } as const;
  const plan = { headers: [{ name: 'x-tenant', env: 'TENANT' }], auth: sigv4 };
  const env = { TENANT: 'a', AWS_ACCESS_KEY_ID: 'b', AWS_SECRET_ACCESS_KEY: 'c' };
  checkRequiredEnv(plan, env);
  checkRequiredEnv(plan, { ...env, AWS_SESSION_TOKEN: '' });
  for (const name of [...Object.keys(env), 'AWS_SESSION_TOKEN']) {
    expect(() => checkRequiredEnv(plan, { ...env, [name]: 'a\n' })).toThrow(`${name}: `);
  }
});
