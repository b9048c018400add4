import * as z from 'zod';
import { count, positiveCount } from './fields.ts';

const RUN_STATUSES = ['completed', 'aborted', 'interrupted'] as const;
const VERDICTS = ['pass', 'fail', 'invalid'] as const;
const PLATFORMS = ['local', 'aws', 'other'] as const;

const isoTime = (meaning: string) =>
  z.iso.datetime().describe(meaning).meta({ unit: 'ISO 8601, UTC' });

const k6ExitSchema = z.object({
  exitCode: z.int().nullable().describe('Exit code of k6, or null if a signal ended it.'),
  signal: z.string().nullable().describe('Signal that ended k6, or null.'),
});

const runnerFactsSchema = z.object({
  name: z.string().describe('Value of the `runner` tag.'),
  ended: z.boolean().describe('Its telemetry is complete.'),
  faults: z
    .array(z.string())
    .readonly()
    .describe('Why its figures cannot be trusted; empty if they can.'),
});

export const runSchema = z
  .object({
    id: z.string().describe('Id of the run; part of every order id.'),
    scenario: z.string().describe('Name of the scenario.'),
    ownScenario: z
      .boolean()
      .describe('True if the scenario is a user’s own file, whatever its name. Absent otherwise.')
      .optional(),
    profile: z.string().describe('Size of the run: quick, standard or long.'),
    command: z
      .array(z.string())
      .readonly()
      .describe(
        'Arguments of `npm run load --` that ask for the same run, from the command line and the environment, with *** for what may be a secret. Absent in older reports.',
      )
      .optional(),
    label: z.string().nullable().describe('Name that the user gave to the run, or null.'),
    startedAt: isoTime('When k6 started.'),
    endedAt: isoTime('When k6 had ended.'),
    loadStartedAt: z.iso
      .datetime()
      .nullable()
      .describe('When the measured load began. Null if no order was started.')
      .meta({ unit: 'ISO 8601, UTC' }),
    status: z
      .enum(RUN_STATUSES)
      .describe(
        'completed: the run went on to its planned end. aborted: the suite stopped it early, see `abortReason`. interrupted: the user stopped it.',
      ),
    verdict: z
      .enum(VERDICTS)
      .describe(
        'pass: every SLO was met, and the answer found nothing wrong. fail: an SLO was missed, or the answer is bad. invalid: no conclusion can be drawn, see `reasons`.',
      ),
    reasons: z
      .array(z.string())
      .readonly()
      .describe('Why the verdict is what it is, most important first, in plain words.'),
    release: z
      .string()
      .describe('Version of the order API under test, as given by `--release`. Absent without it.')
      .optional(),
    gitCommit: z
      .string()
      .nullable()
      .describe(
        'Commit of the checkout that ran; if git cannot tell, the one that CI names. Null if neither is known.',
      ),
    suiteVersion: z.string().describe('Version of this suite.'),
    k6Version: z.string().describe('Version of k6.'),
    nodeVersion: z.string().describe('Version of Node.'),
    hostCpus: positiveCount('CPUs of the load generator’s machine.'),
    configHash: z.string().describe('Hash of the effective configuration without secrets.'),
    seed: z.int().describe('Seed of the order generator.'),
    runners: z
      .array(runnerFactsSchema)
      .readonly()
      .describe('The k6 processes that generated the load.'),
    k6Exits: z
      .array(k6ExitSchema)
      .readonly()
      .describe('The distinct ways in which k6 processes ended.'),
    telemetryFaults: z
      .array(z.string())
      .readonly()
      .describe('Why the telemetry as a whole cannot be trusted; empty if it can.'),
    abortReason: z.string().nullable().describe('Why the suite stopped the run early, or null.'),
  })
  .describe('What was run, when and with which versions, and the verdict.');

export const targetSchema = z
  .object({
    label: z.string().describe('Name of the target.'),
    baseUrl: z.string().describe('Base URL without credentials, query and fragment.'),
    deployment: z
      .string()
      .nullable()
      .describe('Id of the deployment under test, or null if unknown.'),
    platform: z.enum(PLATFORMS).describe('Where the target runs: local, aws or other.'),
    gateway: z
      .enum(['http', 'rest'])
      .describe('Kind of API Gateway that is assumed in front of the function, for the price.'),
    memoryMb: z
      .number()
      .positive()
      .nullable()
      .describe('Memory of the function, or null if unknown.')
      .meta({ unit: 'MB' }),
    architecture: z
      .enum(['x86', 'arm'])
      .describe('Processor of the function, for the price. Absent if unknown.')
      .optional(),
    store: z
      .string()
      .describe('Where the embedded order API kept its orders. Absent for any other target.')
      .optional(),
    settingsHash: z
      .string()
      .describe(
        'Hash of the embedded order API’s settings that differ from its defaults, from deployment and flags. Absent for any other target.',
      )
      .optional(),
    concurrencyLimit: count(
      'Calls of the function that may run concurrently: its reserved concurrency, else the account’s limit. Absent if unknown.',
    ).optional(),
  })
  .describe('The order API under test.');
