import { provisionK6 } from '../lib/node/provision/provision-k6.ts';

/** The k6 that `npm run load` would use. */
export async function benchK6(): Promise<string> {
  const { path } = await provisionK6({ env: process.env, say: (line) => console.error(line) });
  return path;
}
