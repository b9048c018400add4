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
        'Slope. Percent of the fitted level at the start, or percentage points for success. Null where there is none, or no level to take a share of (see `why`).',
      )
      .meta({ unit: '%/h' }),
    interval: z
      .tuple([z.number(), z.number()])
      .readonly()
      .nullable()
      .describe('Its 95% interval, widened for autocorrelation.')
      .meta({ unit: '%/h' }),
    tolerance: z
      .number()
      .positive()
      .describe('What still counts as flat, to either side.')
      .meta({ unit: '%/h' }),
    startLevel: z
      .number()
      .nullable()
      .describe('Fitted level at the start: ms, MB, or a ratio for success.'),
    points: count('Stretches of time that the slope rests on.'),
    autocorrelation: z
      .number()
      .nullable()
      .describe('Of neighbouring stretches, freed of the slope and of its bias; at least 0.'),
    hoursNeeded: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Length of a soak at this rate that would tell, roughly. Null where it is told.')
      .meta({ unit: 'h' }),
    why: z.string().describe('The finding in one sentence.'),
  })
  .meta({ id: 'DriftMeasure' });

export const driftSchema = z
  .object({
    status: z
      .enum(['flat', 'drifting', 'notDetermined'])
      .describe('drifting: one measure drifts. flat: every known one is flat.'),
    hours: z.number().nonnegative().describe('Length of the load.').meta({ unit: 'h' }),
    measures: z.array(measureSchema).readonly().describe('One entry for each measure.'),
    why: z.string().describe('The answer in one sentence.'),
  })
  .describe('Whether the target degraded over time. docs/method/soak.md has the formulas.');

export type Drift = z.infer<typeof driftSchema>;
export type DriftMeasure = Drift['measures'][number];
