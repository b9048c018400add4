import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { Env } from '../../core/config/env.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { renderHtml } from '../../core/render/html/render-html.ts';
import { tuneHtml } from '../../core/render/tune/tune-html.ts';
import { bundlePage } from '../../node/bundle/bundle-page.ts';
import { readReport } from '../../node/store/read-report.ts';
import { readTune } from '../../node/store/read-tune.ts';
import { answerAgain } from '../../questions/answer-again.ts';
import type { CommandDeps } from '../cli/command-deps.ts';
import { parseCompareFlags } from '../compare/parse-compare-flags.ts';
import { runCompare } from '../compare/run-compare.ts';
import { CHROMIUM_REMEDY, findChromium, startChromium } from '../report/start-chromium.ts';
import { writeResultsPage } from '../results/write-results-page.ts';

const MAX_BYTES = 200_000;

/** Pictures of first screens for the docs, made from the reports and sweeps in docs/samples. */
const PICTURES = [
  { name: 'report-light', page: 'pass', colorScheme: 'light' },
  { name: 'report-dark', page: 'pass', colorScheme: 'dark' },
  { name: 'report-failed', page: 'fail', colorScheme: 'light' },
  { name: 'report-invalid', page: 'invalid', colorScheme: 'light' },
  { name: 'report-measured', page: 'measured', colorScheme: 'light' },
  { name: 'comparison', page: 'comparison', colorScheme: 'light' },
  { name: 'results', page: 'results', colorScheme: 'light' },
  { name: 'tune-power', page: 'tune-power', colorScheme: 'light' },
  { name: 'tune-batch', page: 'tune-batch', colorScheme: 'light' },
] as const;

/** The first screen of a laptop. */
const VIEWPORT = { width: 1280, height: 800 };

type Picture = (typeof PICTURES)[number];

export interface TakenPicture {
  /** Path below the folder of the suite. */
  readonly file: string;
  readonly bytes: number;
}

/**
 * Takes the pictures that the docs show.
 * @throws UserError E_NO_BROWSER (exit 4)
 */
export async function takePictures(root: string, env: Env): Promise<readonly TakenPicture[]> {
  const chromium = findChromium(env);
  if (chromium === null) {
    throw new UserError('E_NO_BROWSER', `No browser: ${CHROMIUM_REMEDY}.`, EXIT.environment);
  }
  const folder = await mkdtemp(join(tmpdir(), 'order-load-pictures-'));
  const browser = await startChromium(chromium);
  try {
    await writePages(root, folder);
    const taken: TakenPicture[] = [];
    for (const picture of PICTURES) taken.push(await takePicture(browser, root, folder, picture));
    return taken;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

/** The page of each sample, one that compares two runs, and one of all of them. */
async function writePages(root: string, folder: string): Promise<void> {
  const samples = join(root, 'docs/samples');
  const results = join(folder, 'results');
  const assets = await bundlePage(join(root, 'lib/page'));
  for (const sample of await readdir(samples)) {
    const name = sample.replace('.json', '');
    const sweep = await readTune(join(samples, sample));
    if (sweep !== null) {
      const place = join(results, 'tune', name);
      await mkdir(place, { recursive: true });
      await cp(sweep.file, join(place, 'tune.json'));
      await writeFile(join(folder, `${name}.html`), tuneHtml(sweep.result, assets));
      continue;
    }
    await mkdir(join(results, name), { recursive: true });
    await cp(join(samples, sample), join(results, name, 'report.json'));
    const { report } = answerAgain(await readReport(join(samples, sample)));
    await writeFile(join(folder, `${name}.html`), renderHtml(report, assets));
  }
  const deps: CommandDeps = { root, say: () => undefined };
  const sides = ['before', 'after'].map((name) =>
    relative(process.cwd(), join(samples, `${name}.json`)),
  );
  const flags = parseCompareFlags([...sides, '--format', 'html', '--out', folder]);
  await runCompare(flags, deps);
  await writeResultsPage({ root: results, history: join(results, 'history') }, deps);
  await cp(join(results, 'index.html'), join(folder, 'results.html'));
}

async function takePicture(
  browser: Browser,
  root: string,
  folder: string,
  { name, page: shown, colorScheme }: Picture,
): Promise<TakenPicture> {
  const page = await browser.newPage({ viewport: VIEWPORT, colorScheme });
  await page.goto(pathToFileURL(join(folder, `${shown}.html`)).href);
  const file = `docs/images/${name}.png`;
  await page.screenshot({ path: join(root, file) });
  await page.close();
  const { size: bytes } = await stat(join(root, file));
  if (bytes > MAX_BYTES) throw new Error(`${file} has ${bytes} bytes, more than ${MAX_BYTES}`);
  return { file, bytes };
}
