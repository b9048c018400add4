import { describe, expect, it } from 'vitest';
import { movedSince } from '../../../../lib/core/tune/history/moved-since.ts';
import { parseSweeps } from '../../../../lib/core/tune/history/parse-sweeps.ts';
import { sweepBefore, sweepEntryOf } from '../../../../lib/core/tune/history/sweep-entry.ts';
import type { PowerResult } from '../../../../lib/core/tune/schema/power-schema.ts';
import type { TuneResult } from '../../../../lib/core/tune/schema/tune-schema.ts';
import { samplePower, sampleSize, sampleTune } from '../sample-tune.ts';

const x86 = (memoryMb: number) => ({ memoryMb, architecture: 'x86' as const });

const entry = (
  choice: Partial<PowerResult['choice']> = {},
  changes: Partial<PowerResult> = {},
  run: Partial<TuneResult['run']> = {},
) => {
  const result = sampleTune({ power: samplePower(changes, choice) });
  return sweepEntryOf({ ...result, run: { ...result.run, ...run } });
};

const LATER = { id: 'later', startedAt: '2026-12-07T19:00:00.000Z' };

describe('movedSince', () => {
  it.each([
    ['same', {}, {}],
    ['moved', {}, { chosen: x86(1024) }],
    ['notToldApart', {}, { chosen: x86(1024), notToldApart: [x86(512)] }],
    ['notToldApart', { sameAs: [x86(1024)] }, { chosen: x86(1024) }],
    ['notComparable', { chosen: null }, {}],
    ['notComparable', {}, { chosen: null }],
  ] as const)('is %s from %j to %j', (move, before, now) => {
    expect(movedSince(entry(before), entry(now)).move).toBe(move);
  });

  it('does not compare with a size that only one sweep measured', () => {
    const narrow = { sizes: [sampleSize(512), sampleSize(128)] };
    expect(movedSince(entry({ chosen: x86(1024) }), entry({}, narrow)).move).toBe('notComparable');
    expect(movedSince(entry({}, narrow), entry({ chosen: x86(1024) })).move).toBe('notComparable');
  });
});

describe('sweepBefore', () => {
  const now = entry({}, {}, LATER);

  it('is the newest earlier sweep of the same thing', () => {
    const older = entry({}, {}, { id: 'older', startedAt: '2026-11-01T19:00:00.000Z' });
    const newer = entry({}, {}, { id: 'newer', startedAt: '2026-11-29T19:00:00.000Z' });
    expect(sweepBefore([newer, older, now], now)?.id).toBe('newer');
  });

  it('is none for another function, load, strategy or SLO, or for a sweep of another kind', () => {
    const other = (facts: Record<string, string>) => ({
      ...entry(),
      facts: { ...entry().facts, ...facts },
    });
    const others = [
      other({ function: 'get-order' }),
      other({ rate: '100/s' }),
      entry({}, { strategy: 'speed' }),
      entry({}, { sloP95Ms: 40 }),
      { ...entry(), kind: 'batch' as const },
    ];
    for (const one of others) expect(sweepBefore([one], now)).toBeNull();
    expect(sweepBefore([entry()], now)).not.toBeNull();
  });

  it('does not mind the port of a local order API', () => {
    const result = sampleTune({ power: samplePower() });
    const elsewhere = sweepEntryOf({
      ...result,
      subject: { ...result.subject, target: 'http://127.0.0.1:1' },
    });
    expect(sweepBefore([elsewhere], now)?.id).toBe(elsewhere.id);
  });
});

describe('parseSweeps', () => {
  it('reads what was written, each sweep once, around lines that were cut off', () => {
    const [one, other] = [entry(), entry({}, {}, LATER)].map((sweep) => JSON.stringify(sweep));
    const text = `${one}\n${one}\n${one?.slice(0, 50)}${other}\n{"sweepVersion":"2.0"}\n`;
    const { sweeps, skipped } = parseSweeps(text, 'tune.jsonl');
    expect(sweeps).toEqual([entry(), entry({}, {}, LATER)]);
    expect(skipped).toEqual([
      'tune.jsonl:3 is no sweep that this suite can read; skipped',
      'tune.jsonl:4 is no sweep that this suite can read; skipped',
    ]);
  });
});
