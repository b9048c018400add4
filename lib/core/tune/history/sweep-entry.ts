import * as z from 'zod';
import { formatRate } from '../../report/format-figure.ts';
import { batchCellSchema } from '../schema/batch-schema.ts';
import { powerCellSchema } from '../schema/power-schema.ts';
import type { TuneResult } from '../schema/tune-schema.ts';

/** Version that this suite writes. Within major 1, fields are only added. */
const SWEEP_VERSION = '1.0';

const cellSchema = z.union([powerCellSchema, batchCellSchema]);

/** The only definition of a line of the history of sweeps: its types are derived from it. See docs/history-format.md. */
export const sweepEntrySchema = z
  .object({
    sweepVersion: z
      .string()
      .regex(/^1\.\d+$/)
      .describe('Version of the format, major.minor; the first field of every line.'),
    id: z.string().min(1).describe('Id of the sweep. A second line of the same sweep is ignored.'),
    startedAt: z.iso
      .datetime()
      .describe('When its first cell was measured.')
      .meta({ unit: 'ISO 8601, UTC' }),
    kind: z.enum(['power', 'batch']).describe('What was varied.'),
    facts: z
      .record(z.string(), z.string())
      .describe(
        'What was measured, how, and what was asked for, by name. Sweeps are compared if all facts that both have are the same.',
      ),
    best: cellSchema.nullable().describe('What was best, or null if none could be named.'),
    alike: z
      .array(cellSchema)
      .readonly()
      .describe('Cells that are the same as the best, or could not be told apart from it.'),
    cells: z
      .array(
        z.object({
          cell: cellSchema,
          costPerMillionUsd: z
            .number()
            .nullable()
            .describe('Cost of a million invocations, or of a million orders in a batch sweep.')
            .meta({ unit: 'USD' }),
          ms: z
            .number()
            .nullable()
            .describe('Mean warm duration, or p95 of the lag in a batch sweep.')
            .meta({ unit: 'ms' }),
        }),
      )
      .readonly()
      .describe('The cells that have figures.'),
    label: z.string().nullable().describe('Name that the user gave to the sweep, or null.'),
    commit: z.string().nullable().describe('Commit of the checkout that ran it, or null.'),
    suiteVersion: z.string().describe('Version of this suite.'),
  })
  .describe('A completed sweep.');

export type SweepEntry = z.infer<typeof sweepEntrySchema>;

/** The line of a sweep. */
export function sweepEntryOf(result: TuneResult): SweepEntry {
  const { run, kind, power, batch } = result;
  const choice = power?.choice ?? batch?.choice;
  return {
    sweepVersion: SWEEP_VERSION,
    id: run.id,
    startedAt: run.startedAt,
    kind,
    facts: factsOf(result),
    best: choice?.chosen ?? null,
    alike: [...(power?.choice.sameAs ?? []), ...(choice?.notToldApart ?? [])],
    cells: [
      ...(power?.sizes ?? [])
        .filter(({ status }) => status === 'measured')
        .map(({ memoryMb, architecture, costPerMillionUsd, durationMs }) => ({
          cell: { memoryMb, architecture },
          costPerMillionUsd: costPerMillionUsd?.value ?? null,
          ms: durationMs?.value ?? null,
        })),
      ...(batch?.cells ?? [])
        .filter(({ status }) => status === 'measured')
        .map(({ batchSize, windowSeconds, load }) => ({
          cell: { batchSize, windowSeconds },
          costPerMillionUsd: load?.costPerMillionUsd?.value ?? null,
          ms: load?.lagMs.p95?.value ?? null,
        })),
    ],
    label: run.label,
    commit: run.gitCommit,
    suiteVersion: run.suiteVersion,
  };
}

/** A local order API has another port every time, so only the address of an AWS one tells targets apart. */
function factsOf({ subject, run, power, batch }: TuneResult): Record<string, string> {
  const facts: Record<string, string | null> = {
    platform: subject.platform,
    region: subject.region,
    function: subject.function,
    mapping: subject.mapping,
    target: subject.platform === 'aws' ? subject.target : null,
    method: subject.method,
    rate: subject.ratePerSecond === null ? null : formatRate(subject.ratePerSecond),
    machine: subject.platform === 'local' ? `${run.hostCpus} CPUs` : null,
    strategy: power === undefined ? null : strategyText(power),
    slo: limitText(power?.sloP95Ms ?? batch?.choice.sloLagP95Ms ?? null),
    provisioned: power?.provisionedConcurrency?.toString() ?? null,
    starts: power?.onlyColdStarts === true ? 'cold' : null,
  };
  return Object.fromEntries(
    Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null),
  );
}

/** An SLO asks for the cheapest size that keeps it, whatever the strategy. */
function strategyText({
  strategy,
  balancedWeight,
  sloP95Ms,
}: NonNullable<TuneResult['power']>): string | null {
  if (sloP95Ms !== null) return null;
  return strategy === 'balanced' ? `balanced ${balancedWeight}` : strategy;
}

function limitText(limitMs: number | null): string {
  return limitMs === null ? 'none' : `${limitMs} ms`;
}

/** The newest of the sweeps before `now` that are of the same thing; null without one. */
export function sweepBefore(entries: readonly SweepEntry[], now: SweepEntry): SweepEntry | null {
  const isAlike = (entry: SweepEntry) =>
    entry.kind === now.kind &&
    entry.id !== now.id &&
    entry.startedAt < now.startedAt &&
    Object.entries(entry.facts).every(
      ([name, fact]) => now.facts[name] === undefined || now.facts[name] === fact,
    );
  return (
    entries.filter(isAlike).toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0] ?? null
  );
}
