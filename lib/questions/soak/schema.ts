import * as z from 'zod';
import { count } from '../../core/report/schema/fields.ts';

const DRIFT_STATUSES = ['flat', 'drifting', 'notDetermined', 'absent'] as const;

const measureSchema = z
  .object({
    name: z
      .enum(['p50', 'p95', 'p99', 'success', 'environmentMemory'])
      .describe(
        'Latency percentiles of stored orders and timeouts; success; memory of the environments.',
      ),
    status: z
      .enum(DRIFT_STATUSES)
      .describe(
        'flat: the interval lies within the tolerance. drifting: it excludes zero. notDetermined: neither, see `hoursNeeded`. absent: not known.',
      ),
    perHour: z
      .number()
      .nullable()
      .describe(
        'Slope: percent of the fitted level at the start, or percentage points for success. Null if there is no slope, or no positive level to relate it to (see `why`).',
      )
      .meta({ unit: '%/h' }),
    interval: z
      .tuple([z.number(), z.number()])
      .readonly()
      .nullable()
      .describe('95% interval of the slope, widened for autocorrelation.')
      .meta({ unit: '%/h' }),
    tolerance: z
      .number()
      .positive()
      .describe('Slope that still counts as flat, up or down.')
      .meta({ unit: '%/h' }),
    startLevel: z
      .number()
      .nullable()
      .describe('Fitted level at the start: ms, MB, or a ratio for success.'),
    points: count('Spans of time that the slope is computed from.'),
    autocorrelation: z
      .number()
      .nullable()
      .describe(
        'Autocorrelation of neighbouring spans, corrected for the slope and for bias; at least 0.',
      ),
    hoursNeeded: z
      .number()
      .nonnegative()
      .nullable()
      .describe(
        'Approximate length of a soak at this rate that would determine the status. Null if it is determined.',
      )
      .meta({ unit: 'h' }),
    why: z.string().describe('The finding in one sentence.'),
  })
  .meta({ id: 'DriftMeasure' });

export const driftSchema = z
  .object({
    status: z
      .enum(['flat', 'drifting', 'notDetermined'])
      .describe(
        'drifting: at least one measure drifts. flat: every known measure is flat. notDetermined: neither.',
      ),
    hours: z.number().nonnegative().describe('Length of the load.').meta({ unit: 'h' }),
    measures: z.array(measureSchema).readonly().describe('One entry for each measure.'),
    why: z.string().describe('The answer in one sentence.'),
  })
  .describe('Whether the target degraded over time. docs/method/soak.md has the formulas.');

export type Drift = z.infer<typeof driftSchema>;
export type DriftMeasure = Drift['measures'][number];
