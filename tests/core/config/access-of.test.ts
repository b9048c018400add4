import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../lib/core/config/access-of.ts';
import { optionsFromFlags } from '../../../lib/core/config/read-options.ts';

const access = (flags: Readonly<Record<string, unknown>>) => accessOf(optionsFromFlags(flags));
const refused = (flags: Readonly<Record<string, unknown>>) => {
  try {
    return access(flags);
  } catch (error) {
    return (error as Error).message;
  }
};

it('is plain where nothing is given', () => {
  expect(access({})).toEqual({
    auth: { kind: 'none' },
    ...{ tokenFrom: null, ca: null, clientCertificate: null },
    ...{ query: '', preflightPath: '' },
  });
});

describe('a token that is renewed', () => {
  it('comes from a command', () => {
    expect(access({ bearerCommand: './token.sh' })).toMatchObject({
      auth: { kind: 'renewed', env: [] },
      tokenFrom: { kind: 'command', command: './token.sh' },
    });
  });

  it('comes from a token endpoint, which needs the secrets of the client', () => {
    expect(access({ oauth2TokenUrl: 'https://id.test/token' })).toMatchObject({
      auth: { kind: 'renewed', env: ['OAUTH2_CLIENT_ID', 'OAUTH2_CLIENT_SECRET'] },
      tokenFrom: { kind: 'oauth2', scope: null, audience: null },
    });
    const named = { oauth2ClientIdEnv: 'ID', oauth2ClientSecretEnv: 'SECRET' };
    const asked = { oauth2Scope: 'a b', oauth2Audience: 'shop' };
    expect(access({ oauth2TokenUrl: 'https://id.test', ...named, ...asked })).toMatchObject({
      auth: { env: ['ID', 'SECRET'] },
      tokenFrom: { clientIdEnv: 'ID', clientSecretEnv: 'SECRET', scope: 'a b', audience: 'shop' },
    });
  });

  it.each([
    [
      { bearerEnv: 'T', bearerCommand: 'x' },
      '--bearer-env and --bearer-command exclude each other; use only one of them',
    ],
    [
      { oauth2TokenUrl: 'https://id.test', sigv4: 'eu-west-1' },
      '--oauth2-token-url and --sigv4 exclude each other; use only one of them',
    ],
    [
      { oauth2Scope: 'a' },
      '--oauth2-scope: there is no token endpoint; name it with --oauth2-token-url',
    ],
  ])('is refused by %j', (flags, message) => {
    expect(refused(flags)).toBe(message);
  });
});

it('takes certificate and key from two files, or from one', () => {
  const cert = { clientCert: 'c.pem' };
  expect(access(cert).clientCertificate).toEqual({ cert: 'c.pem', key: 'c.pem' });
  expect(access({ ...cert, clientKey: 'c.key' }).clientCertificate).toEqual({
    ...{ cert: 'c.pem', key: 'c.key' },
  });
  expect(refused({ clientKey: 'c.key' })).toBe(
    '--client-key: there is no certificate for this key; name it with --client-cert',
  );
});

it('encodes the query once, and literally', () => {
  const query = ['api-version=2', '$filter=a b&c=d', 'q=50%', 'empty='];
  expect(access({ query }).query).toBe('api-version=2&%24filter=a%20b%26c%3Dd&q=50%25&empty=');
});

it('asks a path before the load, or nothing', () => {
  expect(access({ preflightPath: '/health' }).preflightPath).toBe('/health');
  expect(access({ preflightPath: 'none' }).preflightPath).toBeNull();
});
