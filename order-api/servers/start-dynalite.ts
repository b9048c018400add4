import { fileURLToPath } from 'node:url';
import { type ChildServer, startChildServer } from './child-server.ts';

/**
 * Starts dynalite (the DynamoDB API, in memory) as a process of its own; see startChildServer.
 * `onExit` is called when it ends without being asked.
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
