import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { runMain } from '../lib/app/cli/run-main.ts';
import { takeStopSignals } from '../lib/app/run/stop-signals.ts';
import { fillBlocks } from '../lib/core/walkthrough/fill-blocks.ts';
import { measureRun, type ReportedRun } from '../lib/app/walkthrough/measure-run.ts';
import { renderSummaryBlock } from '../lib/core/walkthrough/render-block.ts';
import { walkthroughRuns } from '../lib/core/walkthrough/steps.ts';
import { walkthroughBlocks } from '../lib/core/walkthrough/walkthrough-blocks.ts';
import { EXIT } from '../lib/core/config/user-error.ts';
import { readGitCommit } from '../lib/node/run/git-commit.ts';
import { writeFileAtomically } from '../lib/node/store/write-file-atomically.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

runMain(process, async () => {
  const command = new Command('npm run walkthrough --')
    .description(
      'Runs every load of docs/walkthrough.md on this machine and prints what came of it.',
    )
    .option('--quick', 'small loads of four seconds, which show who beats whom and no more', false)
    .option('--write', 'put the figures into the page', false)
    .option('--page <file>', 'page with the blocks to fill', join(ROOT, 'docs/walkthrough.md'))
    .option('--out <dir>', 'folder for the reports of all runs', 'results/walkthrough')
    .allowExcessArguments(false)
    .exitOverride()
    .parse();
  const flags = command.opts<{ quick: boolean; write: boolean; page: string; out: string }>();
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const startedAt = new Date().toISOString();
  const loadBefore = os.loadavg()[0] ?? 0;
  const stop = takeStopSignals();
  const measured: ReportedRun[] = [];
  try {
    const runs = walkthroughRuns(flags);
    for (const [index, run] of runs.entries()) {
      say(`\n${index + 1}/${runs.length} ${run.id}`);
      const out = resolve(flags.out, `${index + 1}-${run.id}`);
      measured.push(await measureRun(run, { root: ROOT, out, env: process.env, stop }));
    }
  } finally {
    stop.release();
  }
  process.stdout.write(`${renderSummaryBlock(measured)}\n`);
  const invalid = measured.filter(({ figures }) => figures.verdict === 'invalid');
  if (invalid.length > 0) {
    const ids = invalid.map(({ run }) => run.id).join(', ');
    say(`INVALID: ${ids}. These prove nothing, and no page was written: see above, and run again.`);
    return EXIT.invalid;
  }
  if (!flags.write) return EXIT.pass;
  const blocks = walkthroughBlocks(measured, {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cpus: os.availableParallelism(),
    nodeVersion: process.versions.node,
    k6Version: measured[0]?.report.run.k6Version ?? 'unknown',
    commit: await readGitCommit(ROOT, process.env),
    startedAt,
    loadBefore,
  });
  await writeFileAtomically(flags.page, fillBlocks(await readFile(flags.page, 'utf8'), blocks));
  say(`Written: ${flags.page}`);
  return EXIT.pass;
});
