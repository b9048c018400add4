import { readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { bundleScenarios } from '../../../lib/node/bundle/bundle-scenario.ts';
import { temporaryFolder } from '../provision/fake-release.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** k6 evaluates a bundle anew for each VU, so what it must not hold (schemas, answers, Node's side) costs every one. */
const MOST_BYTES = {
  wrapped: { order: 50_500, smoke: 69_500 },
  plain: { order: 103_500, smoke: 121_500 },
} as const;

it.each(['wrapped', 'plain'] as const)('%s bundles of the scenarios stay small', async (kind) => {
  const folder = join(ROOT, 'scenarios');
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const bundles = await bundleScenarios({
    entries: names.map((name) => join(folder, name)),
    libDir: join(ROOT, 'lib'),
    outDir: await temporaryFolder(),
    wrapped: kind === 'wrapped',
  });
  expect(bundles.length).toBeGreaterThan(7);
  for (const bundle of bundles) {
    const most = MOST_BYTES[kind][basename(bundle) === 'smoke.js' ? 'smoke' : 'order'];
    expect((await stat(bundle)).size, basename(bundle)).toBeLessThan(most);
  }
});
