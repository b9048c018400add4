import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReportLine } from '../../../lib/core/lambda/parse-report-line.ts';
import { renderInvocationLines } from '../../../order-api/emit/invocation-lines.ts';
import type { InvocationRecord } from '../../../order-api/lambda/invocation-record.ts';

const COLD: InvocationRecord = {
  functionName: 'create-order',
  requestId: '79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36',
  environmentId: '22be53a8cfde4e68b844f8ec293b2543',
  initializationType: 'on-demand',
  endedAtMs: Date.UTC(2026, 9, 8, 7, 30, 29, 470),
  durationMs: 265.72,
  billedMs: 662,
  initMs: 395.99,
  memorySizeMb: 128,
  maxMemoryUsedMb: 72,
  status: 'success',
};
const WARM: InvocationRecord = { ...COLD, initMs: null, billedMs: 266 };

describe('text format', () => {
  it('has the lines of AWS, tab for tab', () => {
    expect(renderInvocationLines(COLD, 'text', ['{"mine":1}'])).toEqual([
      `START RequestId: ${COLD.requestId} Version: $LATEST`,
      '{"mine":1}',
      `END RequestId: ${COLD.requestId}`,
      `REPORT RequestId: ${COLD.requestId}\tDuration: 265.72 ms\tBilled Duration: 662 ms\tMemory Size: 128 MB\tMax Memory Used: 72 MB\tInit Duration: 395.99 ms\t`,
    ]);
    expect(renderInvocationLines(WARM, 'text', []).at(-1)).toBe(
      `REPORT RequestId: ${COLD.requestId}\tDuration: 265.72 ms\tBilled Duration: 266 ms\tMemory Size: 128 MB\tMax Memory Used: 72 MB\t`,
    );
  });

  it('tells a timeout in a line of its own, and in the report', () => {
    const record = { ...WARM, durationMs: 3000, billedMs: 3000, status: 'timeout' } as const;
    const lines = renderInvocationLines(record, 'text', []);
    expect(lines[1]).toBe(
      `2026-10-08T07:30:29.470Z ${COLD.requestId} Task timed out after 3.00 seconds`,
    );
    expect(lines.at(-1)).toMatch(
      /\tDuration: 3000\.00 ms\t.*\tMax Memory Used: 72 MB\tStatus: timeout$/,
    );
  });
});

describe('JSON format', () => {
  it('has the lines of AWS, key for key', () => {
    expect(renderInvocationLines(COLD, 'json', ['{"mine":1}'])).toEqual([
      `{"time":"2026-10-08T07:30:29.204Z","type":"platform.start","record":{"requestId":"${COLD.requestId}","version":"$LATEST"}}`,
      '{"mine":1}',
      `{"time":"2026-10-08T07:30:29.470Z","type":"platform.report","record":{"requestId":"${COLD.requestId}","metrics":{"durationMs":265.72,"billedDurationMs":662,"memorySizeMB":128,"maxMemoryUsedMB":72,"initDurationMs":395.99},"status":"success"}}`,
    ]);
    expect(renderInvocationLines(WARM, 'json', []).at(-1)).not.toContain('initDurationMs');
  });
});

const ms = fc.double({ min: 0, max: 900_000, noNaN: true });
const records: fc.Arbitrary<InvocationRecord> = fc.record({
  functionName: fc.constant('f'),
  requestId: fc.uuid(),
  environmentId: fc.constant('22be53a8cfde4e68b844f8ec293b2543'),
  initializationType: fc.constantFrom('on-demand', 'provisioned-concurrency'),
  endedAtMs: fc.integer({ min: 1e12, max: 2e12 }),
  durationMs: ms,
  billedMs: fc.nat(900_000),
  initMs: fc.option(ms),
  memorySizeMb: fc.integer({ min: 128, max: 10_240 }),
  maxMemoryUsedMb: fc.integer({ min: 1, max: 10_240 }),
  status: fc.constantFrom('success', 'error', 'timeout'),
});

describe.each([
  ['text', 2],
  ['json', 3],
] as const)('what is written in the %s format', (format, digits) => {
  it('is read back by the parser, and no other line is', () => {
    const rounded = (value: number) => Math.round(value * 10 ** digits) / 10 ** digits;
    fc.assert(
      fc.property(records, (record) => {
        const lines = renderInvocationLines(record, format, ['{"mine":1}']);
        const reports = lines.map(parseReportLine).filter((report) => report !== null);
        expect(reports).toHaveLength(1);
        const { durationMs = -1, initMs = -1, ...rest } = reports[0] ?? {};
        expect(rest).toEqual({
          requestId: record.requestId,
          billedMs: record.billedMs,
          memorySizeMb: record.memorySizeMb,
          maxMemoryUsedMb: record.maxMemoryUsedMb,
          // The text format has no word for a success, nor for what the handler threw.
          status: format === 'json' || record.status === 'timeout' ? record.status : null,
        });
        expect(durationMs).toBeCloseTo(rounded(record.durationMs), digits);
        if (record.initMs === null) expect(initMs).toBeNull();
        else expect(initMs).toBeCloseTo(rounded(record.initMs), digits);
      }),
    );
  });
});
