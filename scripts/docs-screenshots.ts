import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { runMain } from '../lib/app/cli/run-main.ts';
import { CHROMIUM_REMEDY, findChromium, startChromium } from '../lib/app/report/start-chromium.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { renderHtml } from '../lib/core/render/html/render-html.ts';
import { bundlePage } from '../lib/node/bundle/bundle-page.ts';
import { readReport } from '../lib/node/store/read-report.ts';
import { answerAgain } from '../lib/questions/answer-again.ts';

const DOCS = fileURLToPath(new URL('../docs', import.meta.url));
const PAGE_DIR = fileURLToPath(new URL('../lib/page', import.meta.url));
const MAX_BYTES = 200_000;

/** Pictures of docs/html-report.md, made from the reports of runs in docs/samples. */
const PICTURES = [
  { name: 'report-light', sample: 'pass', colorScheme: 'light', height: 1360 },
  { name: 'report-dark', sample: 'pass', colorScheme: 'dark', height: 1360 },
  { name: 'report-failed', sample: 'fail', colorScheme: 'light', height: 1320 },
  { name: 'report-invalid', sample: 'invalid', colorScheme: 'light', height: 900 },
] as const;

async function takePicture(browser: Browser, folder: string, picture: (typeof PICTURES)[number]) {
  const { name, sample, colorScheme, height } = picture;
  const { report } = answerAgain(await readReport(join(DOCS, 'samples', `${sample}.json`)));
  const file = join(folder, `${name}.html`);
  await writeFile(file, renderHtml(report, await bundlePage(PAGE_DIR)));
  const page = await browser.newPage({ viewport: { width: 1120, height }, colorScheme });
  await page.goto(pathToFileURL(file).href);
  await page.hover('[data-chart=rates] .u-over');
  const image = join(DOCS, 'images', `${name}.png`);
  await page.screenshot({ path: image });
  await page.close();
  const { size } = await stat(image);
  if (size > MAX_BYTES) throw new Error(`${image} has ${size} bytes, more than ${MAX_BYTES}`);
  console.log(`docs/images/${name}.png ${Math.round(size / 1000)} KB`);
}

runMain(process, async () => {
  const chromium = findChromium(process.env);
  if (chromium === null) {
    throw new UserError('E_NO_BROWSER', `No browser: ${CHROMIUM_REMEDY}.`, EXIT.environment);
  }
  const folder = await mkdtemp(join(tmpdir(), 'order-load-pictures-'));
  const browser = await startChromium(chromium);
  try {
    for (const picture of PICTURES) await takePicture(browser, folder, picture);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
  return EXIT.pass;
});
