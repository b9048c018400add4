import { renderReportLine } from '../emit/invocation-lines.ts';
import type { InvocationListener, InvocationRecord } from '../lambda/invocation-record.ts';
import { ControlRefusal } from './control-refusal.ts';

export interface ReportPage {
  /** In the order in which the invocations ended. */
  readonly lines: readonly { readonly atMs: number; readonly line: string }[];
  /** Where to go on reading; null at the end. */
  readonly next: number | null;
}

export interface ReportQuery {
  readonly functionName: string;
  /** Epoch ms; both ends are included. */
  readonly fromMs: number;
  readonly toMs: number;
  /** `next` of the page before, 0 for the first. */
  readonly after: number;
}

/** The REPORT lines of the last invocations of all functions. */
export interface ReportMemory {
  readonly onInvocation: InvocationListener;
  /** The line of an invocation that ended just now; null if there is none. */
  lineOf(requestId: string): string | null;
  /** @throws ControlRefusal if some reports of this time are no longer kept. */
  read(query: ReportQuery): ReportPage;
}

const MOST_REPORTS = 500_000;
const LINES_PER_PAGE = 10_000;

/** Keeps the newest `most` records, and renders their lines when they are read. */
export function createReportMemory(most = MOST_REPORTS): ReportMemory {
  const records: InvocationRecord[] = [];
  let ended = 0;
  let forgottenAtMs: number | null = null;

  return {
    onInvocation(record) {
      const place = ended % most;
      forgottenAtMs = records[place]?.endedAtMs ?? forgottenAtMs;
      records[place] = record;
      ended += 1;
    },
    lineOf(requestId) {
      for (let index = ended - 1; index >= Math.max(0, ended - most); index -= 1) {
        const record = records[index % most] as InvocationRecord;
        if (record.requestId === requestId) return renderReportLine(record);
      }
      return null;
    },
    read({ functionName, fromMs, toMs, after }) {
      if (forgottenAtMs !== null && forgottenAtMs >= fromMs) {
        throw new ControlRefusal(
          400,
          `only the last ${most} reports are kept, and those up to ${new Date(forgottenAtMs).toISOString()} are gone: ask for a shorter time, sooner`,
        );
      }
      const lines: { atMs: number; line: string }[] = [];
      for (let index = Math.max(after, ended - most); index < ended; index += 1) {
        if (lines.length === LINES_PER_PAGE) return { lines, next: index };
        const record = records[index % most] as InvocationRecord;
        const { endedAtMs: atMs } = record;
        if (record.functionName !== functionName || atMs < fromMs || atMs > toMs) continue;
        lines.push({ atMs, line: renderReportLine(record) });
      }
      return { lines, next: null };
    },
  };
}
