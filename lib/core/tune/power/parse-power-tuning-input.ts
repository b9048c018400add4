import * as z from 'zod';
import { UserError } from '../../errors/user-error.ts';
import type { PowerResult } from '../schema/power-schema.ts';
import { powerTuningPayloads } from './power-tuning-payloads.ts';

/** An execution input of aws-lambda-power-tuning, as far as a sweep can do what it asks for. */
export interface PowerTuningInput
  extends Pick<PowerResult, 'strategy' | 'balancedWeight' | 'discardTopBottom' | 'onlyColdStarts'> {
  /** `NAME` or `NAME:ALIAS`. */
  readonly functionName: string;
  /** From the ARN; null if there is only a name. */
  readonly region: string | null;
  /** In the given order. */
  readonly memoriesMb: readonly number[];
  /** The event of each call as JSON text; their number is `num`. */
  readonly payloads: readonly string[];
  readonly parallelInvocation: boolean;
  /** Between two calls; it does nothing with `parallelInvocation`. */
  readonly sleepBetweenRunsMs: number;
  readonly includeOutputResults: boolean;
  /** One line for each field that is left out. */
  readonly notes: readonly string[];
}

const DEFAULT_MEMORIES_MB = [128, 256, 512, 1024, 1536, 3008];
/** What `"ALL"` stands for. */
const ALL_MEMORIES_MB = Array.from({ length: 46 }, (_, step) => 128 + 64 * step);
const LEAST_CALLS = 5;

const wholeNumber = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)], {
  error: 'expected a whole number',
});
const memoryMb = wholeNumber.pipe(
  z
    .int()
    .min(128, 'Lambda has no less than 128 MB')
    .max(10_240, 'Lambda has no more than 10240 MB'),
);
const flag = z.boolean({ error: 'expected true or false' }).default(false);
const share = z.number({ error: 'expected a number' });

const INPUT = z.object({
  lambdaARN: z.string({ error: 'expected the ARN or the name of a function' }).min(1),
  num: wholeNumber.pipe(z.int().min(LEAST_CALLS, `expected at least ${LEAST_CALLS}`)),
  powerValues: z
    .union([z.literal('ALL'), z.array(memoryMb)], {
      error: 'expected "ALL" or a list of whole numbers from 128 to 10240',
    })
    .optional(),
  payload: z.unknown().optional(),
  strategy: z
    .enum(['cost', 'speed', 'balanced'], { error: 'expected cost, speed or balanced' })
    .default('cost'),
  balancedWeight: share.default(0.5),
  discardTopBottom: share.default(0.2),
  onlyColdStarts: flag,
  parallelInvocation: flag,
  sleepBetweenRunsMs: wholeNumber.default(0),
  includeOutputResults: flag,
});

/** Fields that change what is measured in a way that a sweep cannot. */
const REFUSED: Readonly<Record<string, string>> = {
  payloadS3: 'a sweep does not read S3; put the event into payload',
  preProcessorARN: 'a sweep runs no function before a call; leave it out, or give payload instead',
  postProcessorARN: 'a sweep runs no function after a call; leave it out',
  dryRun: 'a sweep that measures nothing has no result; leave it out',
};

/** Fields that are left out, with what happens instead; null if nothing changes. */
const LEFT_OUT: Readonly<Record<string, string | null>> = {
  allowedExceptions: 'a call that throws is a failed one',
  autoOptimize: 'the settings are put back; set the chosen memory yourself',
  autoOptimizeAlias: null,
  disablePayloadLogs: null,
};

/**
 * Parses an execution input of aws-lambda-power-tuning.
 *
 * @param sourceName names the source in errors, usually a file.
 * @throws UserError E_POWER_INPUT (one line) for the first thing that is wrong or cannot be done.
 */
export function parsePowerTuningInput(text: string, sourceName: string): PowerTuningInput {
  const refuse = (what: string) => new UserError('E_POWER_INPUT', `${sourceName}: ${what}.`);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw refuse('not JSON, or cut off');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw refuse('expected an object with lambdaARN, num and so on');
  }
  const given = Object.entries(json).filter(([, value]) => isGiven(value));
  for (const [name] of given) {
    const why = REFUSED[name];
    if (why !== undefined) throw refuse(`${name}: ${why}`);
  }
  const parsed = INPUT.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { lambdaARN, num, powerValues, payload, ...same } = parsed.data;
  const calls = powerTuningPayloads(payload, num);
  if ('problem' in calls) throw refuse(`payload: ${calls.problem}`);
  const subject = parseFunctionName(lambdaARN);
  if (subject === null) throw refuse(`lambdaARN: "${lambdaARN}" is no ARN or name of a function`);
  return {
    ...same,
    ...subject,
    balancedWeight: between(0, same.balancedWeight, 1),
    discardTopBottom: between(0, same.discardTopBottom, 0.4),
    memoriesMb: memoriesOf(powerValues),
    payloads: calls.payloads,
    notes: given.flatMap(([name]) => noteOn(name)),
  };
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Each size once, in the given order. */
function memoriesOf(powerValues: 'ALL' | readonly number[] | undefined): number[] {
  if (powerValues === 'ALL') return ALL_MEMORIES_MB;
  return powerValues?.length ? [...new Set(powerValues)] : DEFAULT_MEMORIES_MB;
}

function noteOn(name: string): string[] {
  if (Object.hasOwn(INPUT.shape, name)) return [];
  const instead = LEFT_OUT[name];
  if (instead === null) return [];
  return [`${name} is left out: ${instead ?? 'aws-lambda-power-tuning has no such field'}`];
}

function between(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** `NAME`, `NAME:ALIAS`, or an ARN of either. */
function parseFunctionName(text: string): { functionName: string; region: string | null } | null {
  const [, region, name] =
    /^(?:arn:[\w-]+:lambda:([\w-]+):\w+:function:)?([\w-]+(?::[\w$-]+)?)$/.exec(text) ?? [];
  return name === undefined ? null : { functionName: name, region: region ?? null };
}
