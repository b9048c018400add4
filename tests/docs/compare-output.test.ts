import { describe, expect, it } from 'vitest';
import { compareOutput, maskFigures } from './compare-output.ts';

describe('maskFigures', () => {
  it.each([
    ['p95 19.7 ms  in flight 5/645', 'p95 1.2 s in flight 17/9'],
    [
      'report  results/20261130-112407-pdgs/report.json',
      'report results/20200101-000000-aa1z/report.json',
    ],
    ['0:20/0:45 ████▋   sent 104/s', '0:45/0:45 ██████████ sent 3/s'],
    ['p95 over time  ▁▂ █▇', 'p95 over time ▄'],
    ['target http://127.0.0.1:38095', 'target http://127.0.0.1:1'],
    ['p50 −0.1% (95% interval −5.1% to +5.2%)', 'p50 +10% (95% interval −1% to +2%)'],
    ['1,755 orders in 45s', '20 orders in 1m'],
    ['prices of 2026-11-23', 'prices of 2025-01-02'],
  ])('takes %j and %j for the same', (one, other) => {
    expect(maskFigures(one)).toBe(maskFigures(other));
  });

  it.each([
    ['success 100%', 'failures 100%'],
    ['p95 3 ms', 'p99 3 ms'],
    ['report results/report.json', 'report results/report.html'],
    ['10 sent again', '10 sent'],
  ])('tells %j from %j', (one, other) => {
    expect(maskFigures(one)).not.toBe(maskFigures(other));
  });
});

describe('compareOutput', () => {
  const REAL = 'target 1\n0:10 ██ sent 1\n0:20 ████ sent 2\n\nPASS 100%\nreport a.json';

  it.each([
    'target 2\n0:45 █ sent 9\nPASS 99%\n\nreport a.json',
    '…\nPASS 99%\n…',
    'target 1\n…\nreport a.json',
    '…',
  ])('is content with %j', (documented) => {
    expect(compareOutput(documented, REAL)).toBeNull();
  });

  it.each([
    ['target 2\nPASS 99%\nreport a.json', 'the docs say: PASS <n>%\nit prints: <time> sent <n>'],
    ['…\nFAIL 99%\n…', 'the docs say: FAIL <n>%\nit prints: no such line'],
    ['…\nPASS 100%\ntarget 1\n…', 'the docs say: target <n>\nit prints: report a.json'],
    ['target 2\n0:45 █ sent 9', 'the docs end before: PASS <n>%'],
    [`${REAL}\nmore`, 'the docs say: more\nit prints: nothing more'],
  ])('says what is false in %j', (documented, difference) => {
    expect(compareOutput(documented, REAL)).toBe(difference);
  });
});
