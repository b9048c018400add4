import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { runMain } from '../lib/app/cli/run-main.ts';
import { streamColors } from '../lib/app/cli/stream-colors.ts';
import { examineMachine } from '../lib/app/doctor/examine-machine.ts';
import { EXIT } from '../lib/core/errors/user-error.ts';
import { renderFindings, wouldRun } from '../lib/node/doctor/finding.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(process, async () => {
  const { json, out } = new Command('npm run doctor --')
    .description('Checks what a run needs, and tells you how to fix what is missing.')
    .option('--json', 'print the findings as JSON (for another program: npm run -s)')
    .option('--out <folder>', 'folder for results', 'results')
    .addHelpText('after', '\nExit codes: 0 a run would work, 2 usage error, 4 a run would not work')
    .exitOverride()
    .parse()
    .opts<{ json?: true; out: string }>();

  const { env, stdout } = process;
  const findings = await examineMachine({ root: ROOT, env, out });
  const ok = wouldRun(findings);
  stdout.write(
    json === true
      ? `${JSON.stringify({ ok, findings }, null, 2)}\n`
      : renderFindings(findings, streamColors(stdout, env)),
  );
  return ok ? EXIT.pass : EXIT.environment;
});
