import { describe, expect, it } from 'vitest';
import { directCallsMeasurement } from '../../../../lib/core/tune/power/direct-calls.ts';
import { reportAt } from './report-at.ts';

const { atMs: _, ...report } = reportAt(0);
const answered = { kind: 'answered', payload: '{}', report, problem: null, atMs: 5 } as const;

describe('directCallsMeasurement', () => {
  it('keeps the report of each call with its time', () => {
    expect(directCallsMeasurement([answered, { ...answered, atMs: 9 }])).toEqual({
      reports: [
        { ...report, atMs: 5 },
        { ...report, atMs: 9 },
      ],
      failedCalls: 0,
      failure: null,
      load: null,
      problem: null,
    });
  });

  it('marks the report of a call that threw, which the text format does not', () => {
    const thrown = {
      ...answered,
      kind: 'failed',
      report: { ...report, status: null },
      problem: 'TypeError',
    } as const;
    const { reports, failedCalls, failure } = directCallsMeasurement([answered, thrown]);
    expect(reports[1]?.status).toBe('error');
    expect({ failedCalls, failure }).toEqual({ failedCalls: 1, failure: null });
  });

  it('says why a size cannot serve at all', () => {
    const throttled = {
      ...answered,
      kind: 'throttled',
      report: null,
      problem: 'Rate Exceeded',
    } as const;
    expect(directCallsMeasurement([throttled, throttled])).toMatchObject({
      reports: [],
      failedCalls: 2,
      failure: 'every call failed: Rate Exceeded',
    });
  });

  it('does not count a round whose answers carry no report', () => {
    const silent = { ...answered, report: null };
    expect(directCallsMeasurement([silent])).toMatchObject({
      failure: null,
      problem: "no answer carried Lambda's report",
    });
  });
});
