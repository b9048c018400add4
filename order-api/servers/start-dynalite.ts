import { fileURLToPath } from 'node:url';
import { type ChildServer, startChildServer } from './child-server.ts';

/**
 * Starts dynalite (the DynamoDB API, in memory) as its own process; see startChildServer. `onExit` is called if it ends
 * unexpectedly.
 */
export function startDynalite(onExit: (reason: string) => void = () => {}): Promise<ChildServer> {
  return startChildServer({
    script: fileURLToPath(new URL('./dynalite-process.mjs', import.meta.url)),
    what: 'dynalite, the local DynamoDB',
    insteadOfIt: 'use --store memory',
    errorCode: 'E_STORE_START',
    onExit,
  });
}
