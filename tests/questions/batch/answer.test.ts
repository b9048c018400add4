import { describe, expect, it } from 'vitest';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import { answerBatch } from '../../../lib/questions/batch/answer.ts';
import { sampleReport } from '../../core/report/sample-run.ts';
import { facts, READS, reportOf, STATS } from './sample-queue.ts';

describe('answerBatch', () => {
  it('says yes where every sampled order was stored, and how sure that is', () => {
    const { answer, findings } = answerBatch(reportOf(facts({})));
    expect(findings).toEqual([]);
    expect(answer).toMatchObject({
      keepsUp: true,
      source: 'sample',
      lagMs: STATS,
      accepted: 1000,
      notStored: { value: 0 },
      drainMs: { value: 1500, source: 'measured' },
      deadLetters: { value: null, source: 'absent' },
    });
    expect(answer?.notes).toContain(
      'None of them is missing, so fewer than 3% of all orders are (95% confidence).',
    );
  });

  it('scales up what is lost in the sample, and says what shows that it is', () => {
    const queue = facts({ sample: { stored: 90, lost: 10 }, reads: { found: 90, lost: 10 } });
    const { answer, findings } = answerBatch(reportOf(queue));
    expect(answer).toMatchObject({
      keepsUp: false,
      notStored: { value: 100, source: 'derived' },
      lost: { value: 100 },
      drainMs: { value: null, source: 'absent' },
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      verdict: 'fail',
      reason:
        '100 accepted orders are lost (10 of 100 sampled orders are lost, scaled up): still missing at least 35 s after acceptance, while the others took at most 40 ms.',
    });
  });

  it('fails for what is lost though of others it is open', () => {
    const reads = { found: 85, lost: 10, unreadable: 5, answers: [{ answer: '500', count: 9 }] };
    const queue = facts({ sample: { share: 1, stored: 85, lost: 10 }, reads });
    const { answer, findings } = answerBatch(reportOf(queue));
    expect(answer).toMatchObject({ notStored: { value: null }, lost: { value: 10 } });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.verdict).toBe('fail');
    expect(findings[0]?.reason).toMatch(/Other orders are uncertain: 5 of 100 .* \(500 × 9\)/);
  });

  it.each([
    [
      'is not there yet',
      { missing: 1, missingWhy: 'tooShort' },
      /1 of 100 orders was not found by the last read, .* --drain-wait 40s/,
    ],
    [
      'no read found',
      { missing: 100, missingWhy: 'noneFound' },
      /no read found any order.*order.readPath/,
    ],
    ['is among the last', { missing: 9, missingWhy: 'noneAfter' }, /the queue may be stuck/],
    [
      'reads do not find again',
      { missing: 9, missingWhy: 'unsteady', controls: { found: 7, missed: 3 } },
      /3 of 10 that had been found were not found again/,
    ],
    [
      'could not be read',
      { unreadable: 100, answers: [{ answer: '403', count: 480 }] },
      /100 of 100 orders could not be read \(403 × 480\)/,
    ],
  ] as const)('is open where an order %s', (_, reads, reason) => {
    const queue = facts({ sample: { stored: 0 }, reads: { found: 0, ...reads } });
    const { answer, findings } = answerBatch(reportOf(queue));
    expect(answer).toMatchObject({
      keepsUp: null,
      notStored: { value: null, source: 'absent' },
      lost: { value: null },
      drainMs: { value: null },
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.verdict).toBe('invalid');
    expect(findings[0]?.reason).toMatch(
      /^It is uncertain whether every accepted order was stored: /,
    );
    expect(findings[0]?.reason).toMatch(reason);
  });

  it('concludes nothing of orders that were not asked for', () => {
    const cut = (asked: number) =>
      facts({
        sample: { asked, stored: asked },
        reads: { asked, found: asked, notAsked: 100 - asked },
      });
    expect(answerBatch(reportOf(cut(80))).findings).toEqual([]);
    expect(answerBatch(reportOf(cut(80))).answer).toMatchObject({
      keepsUp: true,
      notStored: { value: 0, source: 'derived' },
    });
    for (const asked of [0, 10]) {
      expect(answerBatch(reportOf(cut(asked))).findings).toMatchObject([{ verdict: 'invalid' }]);
    }
  });

  it('does not know of an old report whether what is missing was asked for', () => {
    const { reads: _, ...old } = facts({ sample: { stored: 90 } });
    expect(answerBatch(reportOf(old)).findings[0]?.reason).toContain(
      '10 of 100 orders were not read',
    );
  });

  it('takes the platform at its word: what is neither stored nor waiting is lost', () => {
    const platform = { sent: 1000, stored: 990, waiting: 4, deadLetters: 6 };
    const { answer, findings } = answerBatch(reportOf(facts({ platform })));
    expect(answer).toMatchObject({
      keepsUp: false,
      source: 'platform',
      notStored: { value: 10, source: 'measured' },
      lost: { value: 6 },
    });
    expect(findings[0]?.reason).toMatch(/^6 accepted orders .* 6 of them in the dead-letter queue/);
  });

  it('does not take the platform at its word where the table gained more than was sent', () => {
    const platform = { sent: 1000, stored: 1001, waiting: 0, deadLetters: 0 };
    const reads = { found: 0, unreadable: 100 };
    const { findings } = answerBatch(reportOf(facts({ platform, sample: { stored: 0 }, reads })));
    expect(findings).toMatchObject([{ verdict: 'invalid' }]);
  });

  it('tells how far the clocks may be off', () => {
    const clock = { offsetMs: -300, uncertaintyMs: 40, note: 'compared' };
    const { answer } = answerBatch(reportOf(facts({ clock })));
    expect(answer?.notes.at(-1)).toBe(
      'Clocks: compared; the target’s clock is 300 ms behind (corrected), ± 40 ms.',
    );
  });

  it.each([
    [{ withoutStoredAt: 100 }, {}, '100 orders came without a storedAt'],
    [{}, { beforeAcceptance: 10 }, '10 orders were stored before they were sent'],
    [{}, { inFuture: 90 }, '90 orders were stored after they were read'],
    [{}, { notThereYet: 6 }, '6 orders were not found by a read after their storedAt'],
    [{ withoutStoredAt: 7 }, { noTime: 7 }, '7 orders came with a storedAt that is not a time'],
  ])('is invalid where storedAt does not tell the lag: %o %o', (sample, doubts, reason) => {
    const doubted = { ...READS.doubted, ...doubts };
    const report = reportOf(facts({ sample, reads: { doubted } }));
    expect(answerReport(report).run).toMatchObject({
      verdict: 'invalid',
      reasons: [expect.stringContaining(reason)],
    });
    expect(answerBatch(report).answer).toMatchObject({ keepsUp: null, lagMs: null });
  });

  it('is invalid where nothing was seen at all', () => {
    expect(answerReport(reportOf()).run).toMatchObject({ verdict: 'invalid' });
  });
});

it('is no question of a scenario of the user’s own, which may be named batch as well', () => {
  const own = sampleReport({}, { plan: { scenario: 'batch' }, context: { ownScenario: true } });
  expect(own.run.ownScenario).toBe(true);
  expect(answerReport(own)).toEqual(own);
  expect(answerReport(reportOf()).run.verdict).toBe('invalid');
});
