import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { sampleReport } from '../report/sample-run.ts';

const ESC = String.fromCharCode(27);

/** Text that means something to a terminal, to Markdown, to HTML and to XML. */
export const HOSTILE = `${ESC}[2J\u0000\ud800\uffff|a|\`b\`<img src=x onerror=alert(1)>]]>&amp; @octocat #1 **c** [d](javascript:e)\n# f https://evil.test www.evil.test`;

/** A report in which whatever comes from the target or the user is hostile. */
export function hostileReport(text: string = HOSTILE): AnsweredReport {
  const report = sampleReport();
  return {
    ...report,
    run: {
      ...report.run,
      verdict: 'fail',
      reasons: [text, text],
      label: text,
      k6Version: text,
      scenario: text,
    },
    target: { ...report.target, label: text, baseUrl: text },
    requests: {
      ...report.requests,
      failures: [
        {
          ...{ outcome: 'rejected', status: 403, error: null, orders: 3, fromMs: 1, toMs: 2000 },
          hint: text,
          example: { words: text, headers: { Server: text }, body: text, bodyCharacters: 9 },
        },
        {
          ...{ outcome: 'rejected', status: 404, error: null, orders: 2, fromMs: 1, toMs: 2000 },
          example: { headers: { Server: text }, body: text, bodyCharacters: 9 },
        },
        { outcome: 'connection', status: null, error: text, orders: 1, fromMs: 1, toMs: 2000 },
      ],
    },
    answers: {
      contract: {
        requests: 1,
        idPrefix: 'lt-',
        latencyFloorMs: null,
        rows: [
          {
            row: 'newOrder',
            request: text,
            expected: text,
            verdict: 'broken',
            checked: 1,
            planned: 2,
            broken: [{ name: text, got: text }],
            brokenCount: 3,
          },
        ],
      },
    },
  };
}
