import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStoppable } from '../lib/app/cli/run-stoppable.ts';
import { tuneCommand } from '../lib/app/tune/tune-command.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runStoppable(process, (stop) => {
  const { env, stdin, stdout, stderr } = process;
  const deps = { root: ROOT, cwd: process.cwd(), env, stdin, stdout, stderr, stop };
  return tuneCommand(process.argv.slice(2), deps);
});
