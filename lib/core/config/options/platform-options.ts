import type { OptionSpec } from './option-spec.ts';

/** The embedded order API, and the platform whose counters are read. */
export const PLATFORM_OPTIONS = {
  store: {
    flag: '--store <name>',
    env: ['LOAD_STORE'],
    inFile: true,
    kind: 'store',
    description: 'store of the embedded order API: memory or dynalite',
    default: 'that of the deployment, or dynalite',
  },
  deployment: {
    flag: '--deployment <name|file>',
    env: ['LOAD_DEPLOYMENT'],
    inFile: true,
    kind: 'path',
    description:
      'deployment of the embedded order API: a name from order-api/deployments, or a file',
    default: "the embedded order API's own defaults",
  },
  deploymentB: {
    flag: '--deployment-b <name|file>',
    env: ['LOAD_DEPLOYMENT_B'],
    inFile: true,
    kind: 'path',
    description: 'ab: deployment of the embedded order API to compare with the target',
    default: 'the same deployment, started a second time',
  },
  refine: {
    flag: '--refine <count>',
    env: ['LOAD_REFINE'],
    inFile: true,
    kind: 'refinements',
    description:
      'ramp: most extra steps to narrow the capacity down, each in the middle of what is left',
    default: 'profile (3; quick 0)',
  },
  lens: {
    flag: '--lens <name>',
    env: ['LOAD_LENS'],
    inFile: true,
    kind: 'lens',
    description:
      "platform whose counters to show beside the client's: auto, local (/__truth of --target), aws or none",
    default: 'auto (local for the embedded order API, else none)',
  },
  functions: {
    flag: '--function <name>',
    env: ['LOAD_FUNCTIONS'],
    inFile: true,
    kind: 'functionNames',
    repeatable: true,
    description:
      'Lambda function for --lens aws, NAME[:ALIAS]; first the one that takes the orders',
    default: 'none',
  },
  region: {
    flag: '--region <region>',
    env: ['LOAD_REGION'],
    inFile: true,
    kind: 'region',
    description: 'AWS region of --lens aws',
    default: "the AWS SDK's own (AWS_REGION, profile)",
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
