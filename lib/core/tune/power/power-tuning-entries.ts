import type { Architecture } from '../../lambda/platform-control.ts';
import type { MeasuredSize } from './measured-size.ts';
import type { PowerSettings } from './power-settings.ts';
import {
  type PowerTuningOutput,
  type PowerTuningStats,
  powerTuningOutput,
  powerTuningStats,
} from './power-tuning-output.ts';
import { powerTuningComparisonUrl } from './power-tuning-url.ts';

export interface PowerTuningEntry {
  readonly architecture: Architecture;
  readonly stats: readonly PowerTuningStats[];
  readonly output: PowerTuningOutput;
}

/**
 * What aws-lambda-power-tuning would say of each processor, from all invocations of all rounds that succeeded; cold
 * starts are among them, as they are there. Processors without a measured size are left out.
 */
export function powerTuningEntries(
  sizes: readonly MeasuredSize[],
  settings: PowerSettings,
): PowerTuningEntry[] {
  return (['x86', 'arm'] as const).flatMap((architecture) => {
    const measured = sizes.flatMap(({ status, cell, rounds }) => {
      if (status !== 'measured' || cell.architecture !== architecture) return [];
      const reports = rounds.flatMap(({ warm, cold }) =>
        settings.onlyColdStarts ? cold : [...warm, ...cold],
      );
      return [{ calls: reports.length, stats: powerTuningStats(cell, reports, settings) }];
    });
    if (measured.length === 0) return [];
    const stats = measured.map((one) => one.stats);
    const num = Math.max(...measured.map(({ calls }) => calls));
    const output = powerTuningOutput(stats, { ...settings, num, includeOutputResults: true });
    return [{ architecture, stats, output }];
  });
}

/** Address of the viewer with both processors; null if there are not two. */
export function powerTuningComparison(
  entries: readonly PowerTuningEntry[],
  region: string | null,
): string | null {
  const [first, second] = entries.map(({ architecture, stats }) => ({
    name: architecture,
    sizes: stats,
  }));
  return first === undefined || second === undefined
    ? null
    : powerTuningComparisonUrl(first, second, region);
}
