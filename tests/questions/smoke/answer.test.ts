import { describe, expect, it } from 'vitest';
import type { ContractRecord } from '../../../lib/core/order/contract-record.ts';
import { renderSummary } from '../../../lib/core/render/terminal-summary.ts';
import { exitCodeOf } from '../../../lib/core/report/exit-code.ts';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import { parseContractRecords } from '../../../lib/questions/smoke/parse-contract-records.ts';
import { sampleReport } from '../../core/report/sample-run.ts';
import { answer, checks, records, report } from './sample-contract.ts';

describe('contractAnswer', () => {
  it('has every row, and counts the requests', () => {
    const { rows, requests, latencyFloorMs } = answer(records());
    expect(rows.map(({ verdict }) => verdict)).toEqual(rows.map(() => 'ok'));
    expect(requests).toBe(checks.length);
    expect(latencyFloorMs).toBe(10);
    const malformed = rows.find(({ row }) => row === 'malformed');
    expect(malformed).toMatchObject({ checked: checks.length - 6, planned: checks.length - 6 });
  });

  it('shows ten broken requests and counts them all', () => {
    const { rows } = answer(records({ malformed: ['broken', '200, stored'] }));
    const malformed = rows.find(({ row }) => row === 'malformed');
    expect(malformed).toMatchObject({ verdict: 'broken', brokenCount: checks.length - 6 });
    expect(malformed?.broken).toHaveLength(10);
    expect(malformed?.broken[0]).toEqual({ name: 'empty body', got: '200, stored' });
  });

  it('does not take a row for kept of which a part was not checked', () => {
    const { rows } = answer(records().slice(0, -1));
    expect(rows.find(({ row }) => row === 'malformed')?.verdict).toBe('notChecked');
    expect(answer([]).rows.every(({ verdict }) => verdict === 'notChecked')).toBe(true);
  });

  it('counts a record once, and none of a check that was not planned', () => {
    const all = records();
    const first = all[0] as ContractRecord;
    const doubled = answer([...all, { ...first, requests: 9 }, { ...first, check: 9999 }]);
    expect(doubled).toEqual(answer(all));
  });
});

describe('the verdict of smoke', () => {
  it('stays what it is where the contract is kept or a row is not offered', () => {
    expect(report(records()).run.verdict).toBe('pass');
    const noQueue = report(records({ queueOrder: ['notOffered', '404'] }));
    expect(noQueue.run.verdict).toBe('pass');
    expect(noQueue.answers.contract?.rows.at(-1)?.verdict).toBe('notOffered');
  });

  it('is fail with what came and what was due', () => {
    const { run } = report(records({ conflict: ['broken', '200, "yes"'] }));
    expect(run.verdict).toBe('fail');
    expect(run.reasons[0]).toBe(
      'The contract is broken: POST /orders, the same orderId with other content gave 200, "yes" instead of 409.',
    );
  });

  it('is fail where a promise was broken, though the load beside it proves nothing', () => {
    const broken = records({ retry: ['broken', '500'] });
    const { run } = report(broken, { telemetryFaults: ['cut off'] });
    expect(run.verdict).toBe('fail');
    expect(run.reasons[0]).toMatch(/^The contract is broken: .* gave 500/);
    expect(run.reasons[1]).toContain('cut off');
    expect(exitCodeOf(report(broken, { telemetryFaults: ['cut off'] }), { signal: null })).toBe(1);
    expect(report(records(), { telemetryFaults: ['cut off'] }).run.verdict).toBe('invalid');
  });

  it('is invalid where the contract was not checked, but not where a person stopped the run', () => {
    expect(report([]).run).toMatchObject({ verdict: 'invalid' });
    expect(report([]).run.reasons[0]).toMatch(/^The contract could not be checked in full/);
    expect(report([], { status: 'interrupted' }).run.reasons.join()).not.toMatch(/contract/);
  });

  it('leaves a report alone that knows nothing of the contract', () => {
    const old = sampleReport({}, { plan: { scenario: 'smoke' } });
    expect(answerReport(old)).toEqual(old);
  });

  it('is computed again from a report', () => {
    const once = report(records({ retry: ['broken', '500'] }));
    const { contract } = once.answers;
    expect(
      answerReport({ ...sampleReport({}, { plan: { scenario: 'smoke' } }), answers: { contract } }),
    ).toEqual(once);
  });
});

it('shows what the target sent without letting it move the cursor', () => {
  const text = renderSummary(report(records({ retry: ['broken', '200, \u001b[2J\nPASS'] })), {
    colors: false,
    width: 100,
  });
  expect(text).toMatch(/POST \/orders, the same order again .*✕ broken/);
  expect(text).toContain('\\u{1b}[2J PASS');
  expect(text).not.toContain('\u001b');
});

it('reads what was handed over and leaves out what is none of it', () => {
  const [good] = records();
  const texts = [
    JSON.stringify(good),
    '',
    '{',
    '{"check":-1}',
    JSON.stringify({ ...good, check: 'x' }),
  ];
  expect(parseContractRecords(texts)).toEqual([good]);
  const long = { row: 'retry', verdict: 'broken', got: 'x'.repeat(10_000) };
  expect(parseContractRecords([JSON.stringify({ ...good, results: [long] })])).toEqual([]);
});
