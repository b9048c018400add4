import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStoppable } from '../lib/app/cli/run-stoppable.ts';
import { makeNight } from '../lib/app/night/make-night.ts';
import { nightCommands } from '../lib/app/night/night-commands.ts';
import { createNightFolders } from '../lib/app/night/night-folders.ts';
import { parseNightlyFlags } from '../lib/app/night/parse-nightly-flags.ts';
import { nightExitCode } from '../lib/core/night/judge-night.ts';
import type { Night } from '../lib/core/night/night.ts';
import { renderNight } from '../lib/core/night/render-night.ts';
import { readGitCommit } from '../lib/node/run/git-commit.ts';
import { writeFileAtomically } from '../lib/node/store/write-file-atomically.ts';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

runStoppable(process, async (stop) => {
  const { env, stdout, stderr } = process;
  const { quick, repeats, history, out, json } = parseNightlyFlags(process.argv.slice(2), env);
  const say = (line: string): void => void stderr.write(`${line}\n`);
  const startedAt = new Date().toISOString();
  const named = path.join('results', 'nightly', startedAt.slice(0, 19).replace(/[-:]/g, ''));
  const folders = await createNightFolders(out ?? named, history);
  const commit = await readGitCommit(ROOT, env);
  const commands = nightCommands({ root: ROOT, cwd: process.cwd(), env, stderr, stop });
  const found = await makeNight({ quick, repeats, folders, commands, env, stop, say });
  const interruptedExitCode = stop.first() === null ? null : stop.exitCode();
  const night: Night = { nightVersion: '1.0', startedAt, commit, interruptedExitCode, ...found };
  const summary = renderNight(night);
  await writeFileAtomically(path.join(folders.out, 'summary.md'), summary);
  await writeFileAtomically(path.join(folders.out, 'night.json'), `${JSON.stringify(night)}\n`);
  say(`\nnight     ${path.join(folders.out, 'summary.md')}`);
  stdout.write(json ? `${JSON.stringify(night)}\n` : summary);
  return nightExitCode(night);
});
