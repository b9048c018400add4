import { expect, it } from 'vitest';
import { readLateWriterUse } from '../../../lib/app/tune/read-late-writer-use.ts';
import type { PlatformControl } from '../../../lib/core/lambda/platform-control.ts';
import { measuredRound } from '../../core/tune/batch/measured-cell.ts';
import { reportAt } from '../../core/tune/power/report-at.ts';
import { stopWhen } from './stop-after.ts';

it('takes the reports that came late, and asks for none of a cell that was refused', async () => {
  const asked: string[] = [];
  const readReports: PlatformControl['readReports'] = async (name, { fromMs, toMs }) => {
    asked.push(`${name} ${fromMs}-${toMs}`);
    return [reportAt(1, { billedMs: 40 }), reportAt(2, { billedMs: 60 })];
  };
  const said: string[] = [];
  const rounds = await readLateWriterUse({
    rounds: [
      measuredRound('10/1', 1, { invocations: null, billedMs: null, billedGbSeconds: null }),
      measuredRound('25/0', 2, { report: null, failure: 'refused', invocations: null }),
    ],
    control: { readReports } as PlatformControl,
    functionName: 'write-orders',
    stop: stopWhen(() => false),
    say: (line) => void said.push(line),
  });
  expect(asked).toEqual(['write-orders 1000-1900']);
  expect(rounds.map(({ measurement }) => measurement.invocations)).toEqual([2, null]);
  expect(rounds[0]?.measurement).toMatchObject({ billedMs: 100, billedGbSeconds: 0.05 });
  expect(said).toEqual([]);
});
