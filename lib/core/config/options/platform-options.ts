import type { OptionSpec } from './option-spec.ts';

/** The embedded order API, and whose counters are read. */
export const PLATFORM_OPTIONS = {
  store: {
    flag: '--store <name>',
    env: ['LOAD_STORE'],
    inFile: true,
    kind: 'store',
    description: 'store of the embedded order API: memory or dynalite',
    default: 'what the deployment says, or dynalite',
  },
  deployment: {
    flag: '--deployment <name|file>',
    env: ['LOAD_DEPLOYMENT'],
    inFile: true,
    kind: 'path',
    description: 'deployment of the embedded order API: a name of order-api/deployments, or a file',
    default: "the embedded order API's own defaults",
  },
  deploymentB: {
    flag: '--deployment-b <name|file>',
    env: ['LOAD_DEPLOYMENT_B'],
    inFile: true,
    kind: 'path',
    description: 'ab: deployment of the embedded order API that is compared with the target',
    default: 'the same deployment, started a second time',
  },
  refine: {
    flag: '--refine <count>',
    env: ['LOAD_REFINE'],
    inFile: true,
    kind: 'refinements',
    description: 'ramp: steps added to narrow capacity down, each in the middle of what is left',
    default: 'profile (3; quick 0)',
  },
  lens: {
    flag: '--lens <name>',
    env: ['LOAD_LENS'],
    inFile: true,
    kind: 'lens',
    description:
      "whose counters are put beside the client's: auto, local (/__truth of --target), aws or none",
    default: 'auto (local for the embedded order API, else none)',
  },
  functions: {
    flag: '--function <name>',
    env: ['LOAD_FUNCTIONS'],
    inFile: true,
    kind: 'functionNames',
    repeatable: true,
    description: 'Lambda function that --lens aws looks at; the one that takes orders first',
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
