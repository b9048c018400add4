import { describe, expect, it } from 'vitest';
import { UserError } from '../../lib/core/errors/user-error.ts';
import { parseReport } from '../../lib/questions/parse-report.ts';
import { sampleReport } from '../core/report/sample-run.ts';

const report = sampleReport();
const text = JSON.stringify(report);
const errorOf = (source: string): UserError => {
  try {
    parseReport(source, 'a.json');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it was accepted');
};

describe('parseReport', () => {
  it('gives back what was written', () => {
    expect(parseReport(text, 'a.json')).toEqual(report);
  });

  it('takes newer minor versions with fields that it does not know', () => {
    const newer = { ...report, schemaVersion: '1.7', extra: 1, run: { ...report.run, more: [2] } };
    expect(parseReport(JSON.stringify(newer), 'a.json')).toEqual({
      ...report,
      schemaVersion: '1.7',
    });
  });

  it.each([
    [
      'a newer major',
      JSON.stringify({ ...report, schemaVersion: '2.0' }),
      'E_REPORT_VERSION',
      '2.0',
    ],
    ['nothing', ' \n', 'E_REPORT_UNREADABLE', 'is empty'],
    ['half a report', text.slice(0, text.length / 2), 'E_REPORT_UNREADABLE', 'cut off'],
    ['other JSON', '{"metrics":{}}', 'E_REPORT_UNREADABLE', 'not a report of this suite'],
    ['a list', '[]', 'E_REPORT_UNREADABLE', 'not a report of this suite'],
    ['null', 'null', 'E_REPORT_UNREADABLE', 'not a report of this suite'],
    [
      'a broken field',
      JSON.stringify({ ...report, requests: { ...report.requests, total: 'many' } }),
      'E_REPORT_UNREADABLE',
      'requests.total',
    ],
    ...[[[1]], [[1, 0]], [[1, 1.5]], [['1', 2]], [1], {}, null].map((buckets) => [
      `buckets of ${JSON.stringify(buckets)}`,
      JSON.stringify({
        ...report,
        connection: { ...report.connection, histogram: { schema: 6, zeroCount: 0, buckets } },
      }),
      'E_REPORT_UNREADABLE',
      'connection.histogram.buckets: expected pairs of bucket index and count',
    ]),
  ] as [string, string, string, string][])(
    'refuses %s in one line that names the source',
    (_, source, code, part) => {
      const error = errorOf(source);
      expect(error).toMatchObject({ code, exitCode: 2 });
      expect(error.message).toContain(part);
      expect(error.message).toContain('a.json');
      expect(error.message).not.toContain('\n');
    },
  );
});
