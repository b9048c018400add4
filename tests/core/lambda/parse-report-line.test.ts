import { describe, expect, it } from 'vitest';
import { parseReportLine } from '../../../lib/core/lambda/parse-report-line.ts';

const ID = '79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36';
const TEXT = `REPORT RequestId: ${ID}\tDuration: 265.72 ms\tBilled Duration: 662 ms\tMemory Size: 128 MB\tMax Memory Used: 72 MB\tInit Duration: 395.99 ms\t`;
const COLD = {
  requestId: ID,
  durationMs: 265.72,
  billedMs: 662,
  initMs: 395.99,
  memorySizeMb: 128,
  maxMemoryUsedMb: 72,
  status: null,
};

describe('text format', () => {
  it('reads a cold start', () => {
    expect(parseReportLine(TEXT)).toEqual(COLD);
    expect(parseReportLine(`${TEXT}\n`)).toEqual(COLD);
  });

  it('reads a warm call', () => {
    const warm = `REPORT RequestId: ${ID}\tDuration: 1.20 ms\tBilled Duration: 2 ms\tMemory Size: 1024 MB\tMax Memory Used: 85 MB\t`;
    expect(parseReportLine(warm)).toMatchObject({ durationMs: 1.2, billedMs: 2, initMs: null });
  });

  it('reads a start from a snapshot', () => {
    const restored = `REPORT RequestId: ${ID}\tDuration: 2.00 ms\tBilled Duration: 3 ms\tMemory Size: 512 MB\tMax Memory Used: 110 MB\tRestore Duration: 636.54 ms\tBilled Restore Duration: 136 ms\t`;
    expect(parseReportLine(restored)).toMatchObject({ billedMs: 139, initMs: 636.54 });
  });

  it.each([
    ['Status: timeout', 'timeout'],
    ['Status: error\tError Type: Runtime.OutOfMemory', 'error'],
  ])('reads %j', (ending, status) => {
    expect(parseReportLine(`${TEXT}${ending}`)).toEqual({ ...COLD, status });
  });

  it('reads past the line that tracing appends', () => {
    const traced = `${TEXT}\nXRAY TraceId: 1-6a654014-43efba51\tSegmentId: aae2282d7ebb949e\tSampled: true`;
    expect(parseReportLine(traced)).toEqual(COLD);
  });

  it.each([
    ['no memory', TEXT.replace('\tMemory Size: 128 MB', ''), '"Memory Size"'],
    ['another unit', TEXT.replace('265.72 ms', '0.27 s'), '"Duration"'],
    ['no number', TEXT.replace('395.99', '-'), '"Init Duration"'],
    ['no id', TEXT.replace(ID, ''), 'RequestId'],
    ['a line cut off', TEXT.slice(0, 80), '"Billed Duration"'],
  ])('refuses a report with %s', (_, line, what) => {
    expect(() => parseReportLine(line)).toThrow(what);
    expect(() => parseReportLine(line)).toThrow(SyntaxError);
  });
});

describe('JSON format', () => {
  const json = `{"time":"2026-10-08T07:30:29.470Z","type":"platform.report","record":{"requestId":"${ID}","metrics":{"durationMs":1233.96,"billedDurationMs":1698,"memorySizeMB":256,"maxMemoryUsedMB":123,"initDurationMs":463.512},"status":"success"}}`;

  it('reads a cold start', () => {
    expect(parseReportLine(json)).toEqual({
      requestId: ID,
      durationMs: 1233.96,
      billedMs: 1698,
      initMs: 463.512,
      memorySizeMb: 256,
      maxMemoryUsedMb: 123,
      status: 'success',
    });
  });

  it('reads a warm call', () => {
    const warm = json.replace(',"initDurationMs":463.512', '');
    expect(parseReportLine(warm)).toMatchObject({ initMs: null });
  });

  it('reads a start from a snapshot', () => {
    const restored = json.replace(
      '"initDurationMs":463.512',
      '"restoreDurationMs":636.5,"billedRestoreDurationMs":136',
    );
    expect(parseReportLine(restored)).toMatchObject({ billedMs: 1698 + 136, initMs: 636.5 });
  });

  it.each([
    ['no billed time', json.replace('"billedDurationMs":1698,', '')],
    ['a text as figure', json.replace('1233.96', '"1233.96"')],
    ['no id', json.replace('requestId', 'id')],
    ['no record', '{"type":"platform.report"}'],
  ])('refuses a report with %s', (_, line) => {
    expect(() => parseReportLine(line)).toThrow(SyntaxError);
  });
});

it.each([
  `START RequestId: ${ID} Version: $LATEST`,
  `END RequestId: ${ID}`,
  `2026-10-08T07:30:29.470Z ${ID} Task timed out after 3.00 seconds`,
  `{"type":"platform.start","record":{"requestId":"${ID}"}}`,
  '{"message":"\\"platform.report\\""}',
  '{"message":"platform.report"}',
  '{"a":"platform.report","half',
  '{"a": "platform.report"',
  'INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error',
  '',
])('takes %j for no report', (line) => {
  expect(parseReportLine(line)).toBeNull();
});
