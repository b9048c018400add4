import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parseOrderApiFlags } from '../../../lib/app/order-api/order-api-flags.ts';
import { blocksOf, fillBlocks } from '../../../lib/core/walkthrough/fill-blocks.ts';
import { loadCommand, STEPS, walkthroughRuns } from '../../../lib/core/walkthrough/steps.ts';

const DOCS = resolve(import.meta.dirname, '../../../docs');
const page = readFileSync(join(DOCS, 'walkthrough.md'), 'utf8');
const runs = walkthroughRuns({ quick: false });

it('has a heading and a measured block for each step, in the order of the steps', () => {
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual([...STEPS.map(({ heading }) => heading), 'All runs']);
  const blocks = ['machine', ...STEPS.map(({ id }) => id), 'summary'];
  expect([...blocksOf(page).keys()]).toEqual(blocks);
  const places = STEPS.flatMap(({ id, heading }) => [`\n## ${heading}\n`, `measured: ${id} -->`]);
  const at = places.map((text) => page.indexOf(text));
  expect(at).toEqual(at.toSorted((a, b) => a - b));
});

it('shows for each step the commands that the script runs, once', () => {
  const shown = [...blocksOf(page).values()].flatMap((text) =>
    text.split('\n').filter((line) => line.startsWith('npm run ')),
  );
  expect(shown).toEqual(runs.map(loadCommand));
});

it('runs what the steps compare, in that order, and nothing else', () => {
  const compared = STEPS.flatMap((step) => step.runs);
  expect(runs.map(({ id }) => id)).toEqual([...new Set(compared)]);
});

it('has a table with the columns of each step', () => {
  for (const step of STEPS) {
    const labels = step.runs.map((id) => runs.find((run) => run.id === id)?.label);
    expect(blocksOf(page).get(step.id)).toContain(`| | ${labels.join(' | ')} |`);
  }
});

it('links to every deployment, and each of them can be started', () => {
  const deployments = readdirSync(join(DOCS, 'walkthrough')).filter((name) => /^\d/.test(name));
  expect(deployments).toEqual(
    [...new Set(runs.map(({ deployment }) => `${deployment}.json`))].toSorted(),
  );
  for (const file of deployments) {
    expect(page).toContain(`(walkthrough/${file})`);
    const path = join(DOCS, 'walkthrough', file);
    expect(existsSync(path)).toBe(true);
    const config = parseOrderApiFlags(['--deployment', path])?.config;
    const run = runs.find(({ deployment }) => `${deployment}.json` === file);
    expect(config?.reservedConcurrency).toBe(run?.limit);
    expect(config?.queue !== null).toBe(run?.isAsync);
  }
});

it('changes one thing from deployment to deployment', () => {
  const options = (name: string) =>
    JSON.parse(readFileSync(join(DOCS, 'walkthrough', `${name}.json`), 'utf8')).options;
  const changed = (from: string, to: string) => {
    const [a, b] = [options(from), options(to)];
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]);
  };
  expect(changed('1-naive', '2-memory')).toEqual(['memory']);
  expect(changed('2-memory', '3-concurrency')).toEqual(['reserved-concurrency']);
  expect(changed('3-concurrency', '4-init')).toEqual(['init-ms', 'first-work-ms']);
  expect(changed('4-init', '5-idempotent')).toEqual(['create-order']);
  expect(changed('5-idempotent', '6-two-at-once')).toEqual(['reserved-concurrency']);
  expect(changed('7-queue', '8-batch')).toEqual(['batch-size', 'batch-window-seconds']);
});

it('refuses to fill a page that lacks a block', () => {
  const text = 'a\n<!-- measured: one -->\nold\n<!-- /measured -->\nb\n';
  expect(fillBlocks(text, new Map([['one', '$1 new']]))).toBe(
    'a\n<!-- measured: one -->\n$1 new\n<!-- /measured -->\nb\n',
  );
  expect(() => fillBlocks(text, new Map([['two', '']]))).toThrow(/blocks one; the walkthrough two/);
});
