import { describe, expect, it } from 'vitest';
import { parseReportLine } from '../../../lib/core/lambda/parse-report-line.ts';
import { createReportMemory } from '../../../order-api/control/report-memory.ts';
import type { InvocationRecord } from '../../../order-api/lambda/invocation-record.ts';

function record(number: number, functionName = 'f'): InvocationRecord {
  return {
    functionName,
    requestId: `request-${number}`,
    environmentId: 'e',
    initializationType: 'on-demand',
    endedAtMs: 1_000 * number,
    durationMs: number + 0.25,
    billedMs: number + 1,
    initMs: number === 1 ? 142.5 : null,
    memorySizeMb: 512,
    maxMemoryUsedMb: 85,
    status: 'success',
  };
}

function idsOf(lines: readonly { readonly line: string }[]) {
  return lines.map(({ line }) => parseReportLine(line)?.requestId);
}

describe('createReportMemory', () => {
  it('gives the lines of one function and one span, which the suite parses', () => {
    const memory = createReportMemory();
    for (const number of [1, 2, 3, 4]) memory.onInvocation(record(number));
    memory.onInvocation(record(2, 'other'));
    const span = { functionName: 'f', fromMs: 1_000, toMs: 3_000, after: 0 };
    const { lines, next } = memory.read(span);
    expect(next).toBeNull();
    expect(lines.map(({ atMs }) => atMs)).toEqual([1_000, 2_000, 3_000]);
    expect(parseReportLine(lines[0]?.line ?? '')).toEqual({
      requestId: 'request-1',
      durationMs: 1.25,
      billedMs: 2,
      initMs: 142.5,
      memorySizeMb: 512,
      maxMemoryUsedMb: 85,
      status: null,
    });
    expect(memory.lineOf('request-4')).toMatch(/^REPORT RequestId: request-4\t/);
    expect(memory.lineOf('request-5')).toBeNull();
  });

  it('keeps the newest, and refuses a span of which some are gone', () => {
    const memory = createReportMemory(3);
    for (const number of [1, 2, 3, 4, 5]) memory.onInvocation(record(number));
    const read = (fromMs: number) =>
      memory.read({ functionName: 'f', fromMs, toMs: 9_000, after: 0 });
    expect(idsOf(read(2_001).lines)).toEqual(['request-3', 'request-4', 'request-5']);
    expect(() => read(2_000)).toThrow(/last 3 reports .* 1970-01-01T00:00:02.000Z/);
    expect(memory.lineOf('request-2')).toBeNull();
  });

  it('keeps at least 500,000', () => {
    const memory = createReportMemory();
    const one = record(1);
    for (let count = 0; count < 500_000; count += 1) memory.onInvocation(one);
    let pages = 0;
    let lines = 0;
    for (let after: number | null = 0; after !== null; pages += 1) {
      const page = memory.read({ functionName: 'f', fromMs: 0, toMs: 9_000, after });
      lines += page.lines.length;
      after = page.next;
    }
    expect({ pages, lines }).toEqual({ pages: 50, lines: 500_000 });
  });
});
