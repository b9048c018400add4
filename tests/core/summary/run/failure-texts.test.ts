import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../../../lib/core/render/render-junit.ts';
import { renderMarkdown } from '../../../../lib/core/render/render-markdown.ts';
import { renderSummary } from '../../../../lib/core/render/terminal-summary.ts';
import { failureNames, failureSeconds } from '../../../../lib/core/report/failure-words.ts';
import type { Failure } from '../../../../lib/core/report/schema/failure-schema.ts';
import type { Report } from '../../../../lib/core/report/schema/report-schema.ts';
import { failureLines, failureTexts } from '../../../../lib/core/summary/run/failure-texts.ts';
import { sampleReport } from '../../report/sample-run.ts';

const EXPIRED: Failure = {
  ...{ outcome: 'rejected', status: 401, error: null, orders: 1200, fromMs: 6012, toMs: 11_980 },
  hint: 'get new ones',
  example: {
    headers: { 'Content-Type': 'application/json', Via: '1.1 x' },
    ...{ body: '{"message":"expired"}', bodyCharacters: 21 },
  },
};
const REFUSED: Failure = {
  ...{ outcome: 'connection', status: null, error: 'EOF', orders: 2, fromMs: 100, toMs: 900 },
  ...{ arm: 'b', example: { words: 'EOF', headers: {}, body: '', bodyCharacters: 0 } },
};
const UNTOLD: Failure = {
  ...{ outcome: 'rejected', status: null, error: null, orders: 1, fromMs: null, toMs: null },
};

function reportOf(...failures: Failure[]): Report {
  const report = sampleReport();
  return { ...report, requests: { ...report.requests, failures } };
}

describe('how orders failed', () => {
  it('is told by outcome, status or words, count, seconds, example and hint', () => {
    expect(failureTexts(reportOf(EXPIRED, REFUSED, UNTOLD), 5)).toEqual([
      {
        ...{ outcome: 'rejected', what: '401 × 1,200, second 6 to 12', hint: 'get new ones' },
        example: 'Content-Type: application/json; {"message":"expired"}',
      },
      {
        ...{ outcome: 'connection error', what: 'arm b: EOF × 2, second 0 to 1' },
        ...{ example: '', hint: '' },
      },
      { outcome: 'rejected', what: 'not told apart × 1', example: '', hint: '' },
    ]);
  });

  it('is told in so many lines at most, with the sum of the others', () => {
    expect(failureTexts(reportOf(EXPIRED, REFUSED, UNTOLD), 1).at(-1)?.what).toMatch(
      /^3 orders in 2 more ways/,
    );
    expect(failureTexts(sampleReport(), 5)).toEqual([]);
  });

  it('stands in every format', () => {
    const report = reportOf(EXPIRED);
    const expected = /401 × 1,200, second 6 to 12[\s\S]*expired[\s\S]*get new ones/;
    expect(renderSummary(report, { colors: false, width: 100 })).toMatch(expected);
    expect(renderMarkdown(report)).toMatch(expected);
    expect(renderJunit(report)).toMatch(
      /<system-out>rejected: 401 × 1,200, second 6 to 12[\s\S]*expired[\s\S]*get new ones<\/system-out>/,
    );
    expect(failureLines(report, 5).join('\n')).toMatch(expected);
  });
});

it('names the ways of an outcome beside its count', () => {
  const of = (...failures: Failure[]) => failureNames(failures, 'rejected');
  expect(of()).toBe('');
  expect(of(REFUSED)).toBe('');
  expect(of(UNTOLD)).toBe('');
  expect(of(EXPIRED)).toBe('401');
  const more = [400, 404, 409].map((status) => ({ ...EXPIRED, status, orders: 1 }));
  expect(of(EXPIRED, ...more)).toBe('401 × 1,200, 400 × 1, 404 × 1, others');
});

it.each([
  [6012, 11_980, 'second 6 to 12'],
  [0, 300, 'second 0'],
  [6900, 6950, 'second 6 to 7'],
  [6900, 6100, 'second 6'],
  [null, 1, ''],
])('from %s to %s ms is %j', (fromMs, toMs, text) => {
  expect(failureSeconds({ fromMs, toMs })).toBe(text);
});
