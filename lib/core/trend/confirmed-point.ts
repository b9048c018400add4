import * as z from 'zod';
import { TREND_METRICS } from './trend-metric.ts';

/** Version that this suite writes. Within major 1, fields are only added. */
export const CHANGE_POINT_VERSION = '1.0';

/** The only definition of the format of confirmed change points: its types are derived from it. */
export const confirmedPointSchema = z
  .object({
    changePointVersion: z
      .string()
      .regex(/^1\.\d+$/)
      .describe('Version of the format, major.minor; the first field of every line.'),
    series: z
      .string()
      .describe('The series: scenario, profile, load, machine and target as one text.'),
    scenario: z.string().describe('Scenario of those runs.'),
    metric: z.enum(TREND_METRICS).describe('What changed.'),
    run: z.string().describe('Id of the first run at the new level.'),
    startedAt: z.iso.datetime().describe('When that run started.').meta({ unit: 'ISO 8601, UTC' }),
    commit: z.string().nullable().describe('Commit of that run, or null.'),
    release: z
      .string()
      .optional()
      .describe('Version of the order API in that run. Absent if it is not known.'),
    before: z
      .number()
      .describe(
        'Median of up to 60 nights before, in the unit of the metric: ms, ratio or orders/s. Runs of one night count as their mean.',
      ),
    after: z.number().describe('Median of up to 60 nights from this run on, in the same unit.'),
    p: z
      .number()
      .min(0)
      .max(1)
      .describe('Two-sided p-value of the Mann–Whitney test between both levels.'),
    confirmedBy: z.string().describe('Id of the newest run when the change was confirmed.'),
  })
  .describe('A confirmed change of level. It is never revised or withdrawn.');

export type ConfirmedPoint = z.infer<typeof confirmedPointSchema>;

/** The confirmed points of a file. Lines that cannot be read are reported; of equal points the first counts. */
export function parseConfirmedPoints(
  text: string,
  sourceName: string,
): { readonly points: readonly ConfirmedPoint[]; readonly skipped: readonly string[] } {
  const points = new Map<string, ConfirmedPoint>();
  const skipped: string[] = [];
  text.split('\n').forEach((line, position) => {
    for (const piece of line.split(/(?=\{"changePointVersion":)/)) {
      if (piece.trim() === '') continue;
      const point = parsePoint(piece);
      if (point === null) {
        skipped.push(`${sourceName}:${position + 1} is not a confirmed change point; skipped`);
        continue;
      }
      const key = JSON.stringify([point.series, point.metric, point.run]);
      if (!points.has(key)) points.set(key, point);
    }
  });
  return { points: [...points.values()], skipped };
}

function parsePoint(line: string): ConfirmedPoint | null {
  try {
    return confirmedPointSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
