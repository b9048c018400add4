import { query, textOf } from './deploy-stack.ts';
import type { Credentials } from './signed-fetch.ts';

/** Makes a user of IAM that may do what a policy says, or nothing. */
export async function createUser(
  url: string,
  name: string,
  policy: object | null,
): Promise<Credentials> {
  await query(url, 'iam', { Action: 'CreateUser', UserName: name });
  if (policy !== null) {
    await query(url, 'iam', {
      Action: 'PutUserPolicy',
      UserName: name,
      PolicyName: 'own',
      PolicyDocument: JSON.stringify(policy),
    });
  }
  const key = await query(url, 'iam', { Action: 'CreateAccessKey', UserName: name });
  return {
    accessKeyId: textOf(key, 'AccessKeyId'),
    secretAccessKey: textOf(key, 'SecretAccessKey'),
  };
}
