import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  renderTuneFormat,
  renderTuneJsonSchema,
} from '../../../lib/core/tune/render-tune-format.ts';

const page = (name: string) =>
  readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');

describe('the generated pages about tune.json', () => {
  it('are up to date (npm run docs)', () => {
    expect(page('tune-format.md')).toBe(renderTuneFormat());
    expect(page('tune-v1.schema.json')).toBe(renderTuneJsonSchema());
  });

  it('give every field a meaning', () => {
    const withoutMeaning = renderTuneFormat()
      .split('\n')
      .filter((line) => /^\| `.*\| +\|$/.test(line) && !/\]\(#\w+\)/.test(line));
    expect(withoutMeaning).toEqual([]);
  });

  it('allow fields of newer minor versions', () => {
    expect(renderTuneJsonSchema()).not.toContain('"additionalProperties": false');
  });

  it.each([
    '`power.choice`',
    '`power.sizes[].costPerMillionUsd.low`',
    '`batch.cells[].load`',
    '`run.seed`',
  ])('name %s', (path) => expect(renderTuneFormat()).toContain(`| ${path} |`));
});
