import type { OptionTable } from './option-spec.ts';

/**
 * The functions and their account. The default is a Node function of 1,024 MB after tuning. A call takes about 12 ms on
 * average, 9 or 17 ms depending on its CPU quota (work 3.7 ms and I/O 5.2 ms fit measured warm calls with the AWS SDK
 * at 128 to 1,769 MB within 16%). A cold start takes about 142 ms more (Node 22 on x86, little code to load).
 */
export const FUNCTION_OPTIONS = {
  memoryMb: {
    kind: 'whole',
    min: 128,
    max: 10_240,
    unit: ' MB',
    flag: '--memory <MB>',
    description: 'memory of the functions',
    default: 1024,
  },
  reservedConcurrency: {
    kind: 'whole',
    min: 0,
    max: 1000,
    flag: '--reserved-concurrency <n>',
    description:
      'most orders served at once: reserved concurrency of the function that creates them',
    default: null,
    defaultText: 'none reserved',
  },
  provisionedConcurrency: {
    kind: 'whole',
    min: 0,
    max: 1000,
    flag: '--provisioned <n>',
    description: 'environments kept initialised for the function that creates orders',
    default: 0,
  },
  accountConcurrency: {
    kind: 'whole',
    min: 1,
    max: 100_000,
    flag: '--account-concurrency <n>',
    description: 'most calls of all functions at once; 10 times as many start in a second',
    default: 1000,
  },
  workMs: {
    kind: 'number',
    min: 0,
    max: 900_000,
    flag: '--work-ms <ms>',
    description: 'CPU time of a call on a whole vCPU (1,769 MB)',
    default: 3.7,
  },
  ioMs: {
    kind: 'number',
    min: 0,
    max: 900_000,
    flag: '--io-ms <ms>',
    description: 'waiting time of a call, whatever the memory',
    default: 5.2,
  },
  firstWorkMs: {
    kind: 'number',
    min: 0,
    max: 900_000,
    flag: '--first-work-ms <ms>',
    description: 'CPU time of the first call of an environment',
    default: null,
    defaultText: 'by runtime and bundle',
  },
  firstIoMs: {
    kind: 'number',
    min: 0,
    max: 900_000,
    flag: '--first-io-ms <ms>',
    description: 'waiting time of the first call of an environment',
    default: null,
    defaultText: 'by runtime and bundle',
  },
  runtime: {
    kind: 'choice',
    choices: ['node22', 'python3.12'],
    flag: '--runtime <name>',
    description: 'runtime, which decides the cold starts',
    default: 'node22',
  },
  architecture: {
    kind: 'choice',
    choices: ['x86', 'arm'],
    flag: '--arch <name>',
    description: 'processor, which decides the cold starts and the prices',
    default: 'x86',
  },
  bundle: {
    kind: 'choice',
    choices: ['hello', 'sdk'],
    flag: '--bundle <name>',
    description: 'code loaded at a cold start: nearly none, or the AWS SDK',
    default: 'hello',
  },
  initMs: {
    kind: 'number',
    min: 0,
    max: 900_000,
    flag: '--init-ms <ms>',
    description: 'median duration of INIT, the cold start',
    default: null,
    defaultText: 'by runtime and bundle',
  },
  initSigma: {
    kind: 'number',
    min: 0,
    max: 3,
    flag: '--init-sigma <n>',
    description: 'spread of INIT: standard deviation of its logarithm',
    default: null,
    defaultText: 'by runtime',
  },
  idleSeconds: {
    kind: 'number',
    min: 0,
    max: 86_400,
    flag: '--idle-seconds <s>',
    description: 'how long an idle environment lives',
    default: 600,
  },
  timeoutMs: {
    kind: 'number',
    min: 1,
    max: 900_000,
    flag: '--timeout-ms <ms>',
    description: "the functions' timeout",
    default: 30_000,
  },
  seed: {
    kind: 'whole',
    min: 0,
    max: 2 ** 32 - 1,
    flag: '--seed <n>',
    description: 'seed of the random durations and faults',
    default: 1,
  },
} as const satisfies OptionTable;

export type Architecture = (typeof FUNCTION_OPTIONS.architecture.choices)[number];
export type Runtime = (typeof FUNCTION_OPTIONS.runtime.choices)[number];
/** Code to load at a cold start: hardly any, or the AWS SDK with a DynamoDB client. */
export type Bundle = (typeof FUNCTION_OPTIONS.bundle.choices)[number];
