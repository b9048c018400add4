import { provisionK6 } from '../../lib/node/provision/provision-k6.ts';

/**
 * Gives every end-to-end test the k6 that a user would get, in `K6_BIN`. Once for all tests: a build
 * from source takes more than a minute.
 */
export default async function provideK6(): Promise<void> {
  const k6 = await provisionK6({ env: process.env, say: (line) => console.log(line) });
  process.env['K6_BIN'] = k6.path;
}
