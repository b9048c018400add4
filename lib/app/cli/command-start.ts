import { fileURLToPath } from 'node:url';

/** Starts a command of this suite as npm does: `node START_SCRIPT run steady`. */
export const START_SCRIPT = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url));
