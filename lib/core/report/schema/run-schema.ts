import * as z from 'zod';
import { count, positiveCount } from './fields.ts';

const RUN_STATUSES = ['completed', 'aborted', 'interrupted'] as const;
const VERDICTS = ['pass', 'fail', 'invalid'] as const;
const PLATFORMS = ['local', 'aws', 'other'] as const;

const isoTime = (meaning: string) =>
  z.iso.datetime().describe(meaning).meta({ unit: 'ISO 8601, UTC' });

const k6ExitSchema = z.object({
  exitCode: z.int().nullable().describe('Exit code of k6, or null when a signal ended it.'),
  signal: z.string().nullable().describe('Signal that ended k6, or null.'),
});

const runnerFactsSchema = z.object({
  name: z.string().describe('Value of the `runner` tag.'),
  ended: z.boolean().describe('Its telemetry came to the end: nothing is missing.'),
  faults: z
    .array(z.string())
    .readonly()
    .describe('Why its figures cannot be trusted; empty when they can.'),
});

export const runSchema = z
  .object({
    id: z.string().describe('Id of the run; part of every order id.'),
    scenario: z.string().describe('Scenario that was run.'),
    ownScenario: z
      .boolean()
      .describe(
        'The scenario is a file of the user’s own, whatever its name. Absent where it is not.',
      )
      .optional(),
    profile: z.string().describe('Size of the run: quick, standard or long.'),
    label: z.string().nullable().describe('Name that the user gave to the run, or null.'),
    startedAt: isoTime('When k6 was started.'),
    endedAt: isoTime('When k6 had ended.'),
    loadStartedAt: z.iso
      .datetime()
      .nullable()
      .describe('When the measured load began; null when no order was started.')
      .meta({ unit: 'ISO 8601, UTC' }),
    status: z
      .enum(RUN_STATUSES)
      .describe(
        'completed: to the planned end. aborted: stopped early by the suite, see `reasons`. interrupted: stopped by the user.',
      ),
    verdict: z
      .enum(VERDICTS)
      .describe(
        'pass: every service level was met. fail: one was missed. invalid: the run proves nothing, see `reasons`.',
      ),
    reasons: z
      .array(z.string())
      .readonly()
      .describe('Why the verdict is what it is, most important first, in plain words.'),
    release: z
      .string()
      .describe(
        'Version of the order API that was loaded, as `--release` named it. Absent where nobody did.',
      )
      .optional(),
    gitCommit: z
      .string()
      .nullable()
      .describe(
        'Commit of the checkout that ran; where git cannot say, the one that CI names. Null outside of one.',
      ),
    suiteVersion: z.string().describe('Version of this suite.'),
    k6Version: z.string().describe('Version of k6.'),
    nodeVersion: z.string().describe('Version of Node.'),
    hostCpus: positiveCount('CPUs of the machine that made the load.'),
    configHash: z.string().describe('Hash of the effective configuration without secrets.'),
    seed: z.int().describe('Seed of the order generator.'),
    runners: z.array(runnerFactsSchema).readonly().describe('The k6 processes that made the load.'),
    k6Exits: z
      .array(k6ExitSchema)
      .readonly()
      .describe('The distinct ways in which k6 processes ended.'),
    telemetryFaults: z
      .array(z.string())
      .readonly()
      .describe('Why the telemetry as a whole cannot be trusted; empty when it can.'),
    abortReason: z.string().nullable().describe('Why the suite stopped the run early, or null.'),
  })
  .describe('What was run, when, by which versions, and the verdict.');

export const targetSchema = z
  .object({
    label: z.string().describe('Name of the target.'),
    baseUrl: z.string().describe('Base URL without credentials, query and fragment.'),
    deployment: z
      .string()
      .nullable()
      .describe('Id of the deployment under test, or null when unknown.'),
    platform: z.enum(PLATFORMS).describe('Where the target runs: local, aws or other.'),
    gateway: z
      .enum(['http', 'rest'])
      .describe('Kind of API Gateway that is assumed before the function, for the price.'),
    memoryMb: z
      .number()
      .positive()
      .nullable()
      .describe('Memory of the function, or null when unknown.')
      .meta({ unit: 'MB' }),
    store: z
      .string()
      .describe('Where the embedded order API kept its orders. Absent of any other.')
      .optional(),
    settingsHash: z
      .string()
      .describe(
        'Of what the embedded order API was told beyond its defaults, by deployment and flags. Absent of any other.',
      )
      .optional(),
    concurrencyLimit: count(
      'Calls of the function that may run at once: reserved concurrency, else the account’s. Absent when unknown.',
    ).optional(),
  })
  .describe('The order API under test.');
