import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../../core/errors/user-error.ts';
import { fillBlocks } from '../../core/walkthrough/fill-blocks.ts';
import { renderSummaryBlock } from '../../core/walkthrough/render-block.ts';
import { walkthroughRuns } from '../../core/walkthrough/steps.ts';
import { walkthroughBlocks } from '../../core/walkthrough/walkthrough-blocks.ts';
import { readGitCommit } from '../../node/run/git-commit.ts';
import { writeFileAtomically } from '../../node/store/write-file-atomically.ts';
import type { LoadDeps } from '../run/run-load.ts';
import { measureRun, type ReportedRun } from './measure-run.ts';

export interface WalkthroughFlags {
  readonly quick: boolean;
  /** Whether the figures go into the page. */
  readonly write: boolean;
  /** Page with the blocks to fill. */
  readonly page: string;
  /** Folder for the reports of all runs. */
  readonly out: string;
}

/** Makes every run of the walkthrough, prints their figures, and returns the exit code. */
export async function walkthrough(
  { quick, write, page, out }: WalkthroughFlags,
  deps: LoadDeps,
): Promise<number> {
  const { root, env, stdout, stderr } = deps;
  const say = (line: string): void => void stderr.write(`${line}\n`);
  const startedAt = new Date().toISOString();
  const loadBefore = os.loadavg()[0] ?? 0;
  const measured: ReportedRun[] = [];
  // stdout is for the table alone, so the runs' summaries go to stderr.
  const runDeps = { ...deps, stdout: { write: (text: string) => stderr.write(text) } };
  const runs = walkthroughRuns({ quick });
  for (const [index, run] of runs.entries()) {
    say(`\n${index + 1}/${runs.length} ${run.id}`);
    measured.push(await measureRun(run, join(out, `${index + 1}-${run.id}`), runDeps));
  }
  stdout.write(`${renderSummaryBlock(measured)}\n`);
  const invalid = measured.filter(({ figures }) => figures.verdict === 'invalid');
  if (invalid.length > 0) {
    const ids = invalid.map(({ run }) => run.id).join(', ');
    say(
      `INVALID: ${ids}. No conclusion can be drawn, so no page was written: see above, and run again.`,
    );
    return EXIT.invalid;
  }
  if (!write) return EXIT.pass;
  const blocks = walkthroughBlocks(measured, {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cpus: os.availableParallelism(),
    nodeVersion: process.versions.node,
    k6Version: measured[0]?.report.run.k6Version ?? 'unknown',
    commit: await readGitCommit(root, env),
    startedAt,
    loadBefore,
  });
  await writeFileAtomically(page, fillBlocks(await readFile(page, 'utf8'), blocks));
  say(`Written: ${page}`);
  return EXIT.pass;
}
