import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { Env } from '../../core/config/env.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { renderHtml } from '../../core/render/html/render-html.ts';
import { bundlePage } from '../../node/bundle/bundle-page.ts';
import { readReport } from '../../node/store/read-report.ts';
import { answerAgain } from '../../questions/answer-again.ts';
import { CHROMIUM_REMEDY, findChromium, startChromium } from '../report/start-chromium.ts';

const MAX_BYTES = 200_000;

/** Pictures for docs/html-report.md, made from the reports in docs/samples. */
const PICTURES = [
  { name: 'report-light', sample: 'pass', colorScheme: 'light', height: 1360 },
  { name: 'report-dark', sample: 'pass', colorScheme: 'dark', height: 1360 },
  { name: 'report-failed', sample: 'fail', colorScheme: 'light', height: 1320 },
  { name: 'report-invalid', sample: 'invalid', colorScheme: 'light', height: 900 },
] as const;

type Picture = (typeof PICTURES)[number];

export interface TakenPicture {
  /** Path below the folder of the suite. */
  readonly file: string;
  readonly bytes: number;
}

/**
 * Takes the pictures of the HTML report that the docs show.
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
    const taken: TakenPicture[] = [];
    for (const picture of PICTURES) taken.push(await takePicture(browser, root, folder, picture));
    return taken;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

async function takePicture(
  browser: Browser,
  root: string,
  folder: string,
  { name, sample, colorScheme, height }: Picture,
): Promise<TakenPicture> {
  const { report } = answerAgain(await readReport(join(root, 'docs/samples', `${sample}.json`)));
  const html = join(folder, `${name}.html`);
  await writeFile(html, renderHtml(report, await bundlePage(join(root, 'lib/page'))));
  const page = await browser.newPage({ viewport: { width: 1120, height }, colorScheme });
  await page.goto(pathToFileURL(html).href);
  await page.hover('[data-chart=rates] .u-over');
  const file = `docs/images/${name}.png`;
  await page.screenshot({ path: join(root, file) });
  await page.close();
  const { size: bytes } = await stat(join(root, file));
  if (bytes > MAX_BYTES) throw new Error(`${file} has ${bytes} bytes, more than ${MAX_BYTES}`);
  return { file, bytes };
}
