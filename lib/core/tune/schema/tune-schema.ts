import * as z from 'zod';
import { functionStateSchema, mappingStateSchema } from '../platform-state-schema.ts';
import { batchCellSchema, batchResultSchema } from './batch-schema.ts';
import { powerCellSchema, powerResultSchema } from './power-schema.ts';

/** Version that this suite writes. Within major 1, fields are only added. */
export const TUNE_VERSION = '1.0';

const isoTime = (meaning: string) =>
  z.iso.datetime().describe(meaning).meta({ unit: 'ISO 8601, UTC' });

const tuneRunSchema = z
  .object({
    id: z.string().describe('Id of the sweep, and the name of its folder.'),
    startedAt: isoTime('When the first cell was measured.'),
    endedAt: isoTime('When the last cell was measured.'),
    status: z
      .enum(['completed', 'interrupted'])
      .describe(
        'completed: every cell was measured in every round. interrupted: not yet; `resume` goes on.',
      ),
    command: z
      .array(z.string())
      .readonly()
      .describe(
        'Arguments of the command that asks for the same sweep, with *** for what may be a secret.',
      ),
    resumptions: z
      .int()
      .nonnegative()
      .describe('How often it was interrupted and went on.')
      .meta({ unit: 'count' }),
    seed: z.int().describe('Seed of the order of the cells.'),
    rounds: z
      .int()
      .positive()
      .describe('Planned rounds; each measures every cell once, in random order.')
      .meta({ unit: 'count' }),
    suiteVersion: z.string().describe('Version of this suite.'),
    gitCommit: z
      .string()
      .nullable()
      .describe('Commit of the checkout that ran the sweep, or null.'),
    hostCpus: z
      .int()
      .positive()
      .describe('CPUs of the machine that ran the sweep.')
      .meta({ unit: 'count' }),
    label: z.string().nullable().describe('Name that the user gave to the sweep, or null.'),
  })
  .describe('The sweep.');

const tuneSubjectSchema = z
  .object({
    platform: z.enum(['local', 'aws']).describe('Where the function runs.'),
    region: z.string().nullable().describe('AWS region, or null.'),
    function: z.string().describe('The function that was measured, with its alias if it has one.'),
    mapping: z.string().nullable().describe('The event-source mapping that was changed, or null.'),
    target: z
      .string()
      .nullable()
      .describe(
        'Base URL that was loaded, without credentials. Null in a sweep by direct invocation.',
      ),
    method: z
      .enum(['load', 'invoke'])
      .describe(
        'load: orders sent through the API. invoke: the function called directly, one event at a time.',
      ),
    ratePerSecond: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Peak arrival rate, or null.')
      .meta({ unit: 'orders/s' }),
    durationSeconds: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Planned length of the load of one cell in one round, or null.')
      .meta({ unit: 's' }),
    callsPerRound: z
      .int()
      .positive()
      .nullable()
      .describe('Direct calls of one cell in one round, or null.')
      .meta({ unit: 'count' }),
    before: z
      .object({
        functions: z
          .record(z.string(), functionStateSchema)
          .describe('Settings of functions, by name.'),
        mappings: z
          .record(z.string(), mappingStateSchema)
          .describe('Settings of event-source mappings, by id.'),
      })
      .describe('The settings before the sweep, which are put back at its end.'),
    restored: z.boolean().describe('The settings were put back.'),
  })
  .describe('What was measured, and how.');

const earlierSweepSchema = z
  .object({
    id: z.string().describe('Id of that sweep.'),
    startedAt: isoTime('When its first cell was measured.'),
    best: z
      .union([powerCellSchema, batchCellSchema])
      .nullable()
      .describe('What was best then, or null if none could be named.'),
    move: z
      .enum(['moved', 'same', 'notToldApart', 'notComparable'])
      .describe(
        'moved: the best is another one now. same: it is the same. notToldApart: another one, but one of both measurements cannot tell them apart. notComparable: a best is missing, or was not measured in the other sweep.',
      ),
  })
  .describe('The last sweep of the same function, load and platform before it.');

/** The only definition of `tune.json`: its types are derived from it. */
export const tuneSchema = z
  .object({
    tuneVersion: z
      .string()
      .regex(/^1\.\d+$/)
      .describe('Version of the format, major.minor.'),
    kind: z.enum(['power', 'batch']).describe('What was varied: memory, or batch size and window.'),
    run: tuneRunSchema,
    subject: tuneSubjectSchema,
    power: powerResultSchema.optional().describe('Result of a power sweep. Absent in any other.'),
    batch: batchResultSchema.optional().describe('Result of a batch sweep. Absent in any other.'),
    earlier: earlierSweepSchema
      .nullable()
      .optional()
      .describe('Null if the history has none; absent if there was no history to look into.'),
    notes: z
      .array(z.string())
      .readonly()
      .describe('What the reader should know: assumptions, what is missing and why.'),
  })
  .describe('The result of a sweep of settings.');

export type TuneResult = z.infer<typeof tuneSchema>;
