import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStoppable } from '../lib/app/cli/run-stoppable.ts';
import { loadCommand } from '../lib/app/run/load-command.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runStoppable(process, async (stop) => {
  const { env, stdout, stderr } = process;
  const deps = { root: ROOT, cwd: process.cwd(), env, stdout, stderr, stop };
  const { exitCode } = await loadCommand(process.argv.slice(2), deps);
  return exitCode;
});
