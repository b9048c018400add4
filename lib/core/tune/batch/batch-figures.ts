import { mean } from 'simple-statistics';
import type { Architecture } from '../../lambda/platform-control.ts';
import type { BatchFigures } from '../schema/batch-schema.ts';
import type { BatchMeasurement } from './batch-cell.ts';
import { batchCost, totalOf } from './batch-cost.ts';
import { estimateOfRounds } from './estimate-of-rounds.ts';

/** The figures of one cell under one condition, over the rounds that count. */
export function batchFigures(
  rounds: readonly BatchMeasurement[],
  batchSize: number,
  architecture: Architecture,
): BatchFigures {
  const costs = rounds.map((round) => batchCost(round, architecture));
  const known = costs.flatMap((cost) => cost ?? []);
  const accepted = rounds.reduce((sum, round) => sum + round.accepted, 0);
  const invocations = sumOf(rounds, 'invocations');
  const writeUnits = sumOf(rounds, 'writeUnits');
  const perThousand = (name: 'invocations' | 'billedMs' | 'writeCalls') =>
    ofEvery(rounds, (round) =>
      round.accepted === 0 ? null : scaled(round[name], 1000 / round.accepted),
    );
  const lag = (name: 'p50' | 'p95' | 'p99') =>
    ofEvery(rounds, ({ lagMs }) => lagMs?.[name] ?? null);
  const part = (name: 'queueUsd' | 'writerUsd' | 'tableUsd') =>
    mean(known.map((cost) => cost[name]));
  const isCostKnown = known.length > 0 && known.length === rounds.length;
  return {
    rounds: rounds.length,
    accepted,
    lagMs: { p50: lag('p50'), p95: lag('p95'), p99: lag('p99') },
    invocationsPerThousand: perThousand('invocations'),
    billedMsPerThousand: perThousand('billedMs'),
    batchFill: invocations ? Math.min(1, accepted / (invocations * batchSize)) : null,
    writeCallsPerThousand: perThousand('writeCalls'),
    writeUnitsPerOrder: writeUnits === null || accepted === 0 ? null : writeUnits / accepted,
    costPerMillionUsd: isCostKnown ? estimateOfRounds(known.map(totalOf)) : null,
    costParts: isCostKnown
      ? { queueUsd: part('queueUsd'), writerUsd: part('writerUsd'), tableUsd: part('tableUsd') }
      : null,
    redelivered: sumOf(rounds, 'redelivered'),
    deadLetters: sumOf(rounds, 'deadLetters'),
    lost: sumOf(rounds, 'lost'),
  };
}

/** Null if a round does not know it: the others alone may be those that did better. */
function ofEvery(
  rounds: readonly BatchMeasurement[],
  figureOf: (round: BatchMeasurement) => number | null,
) {
  const values = rounds.flatMap((round) => figureOf(round) ?? []);
  return values.length === rounds.length ? estimateOfRounds(values) : null;
}

function sumOf(
  rounds: readonly BatchMeasurement[],
  name: 'invocations' | 'writeUnits' | 'redelivered' | 'deadLetters' | 'lost',
): number | null {
  return rounds.reduce<number | null>((sum, round) => {
    const value = round[name];
    return sum === null || value === null ? null : sum + value;
  }, 0);
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}
