import type { OptionTable } from './option-spec.ts';

/** How the order API is started; not part of a deployment. */
export const START_OPTIONS = {
  deployment: {
    kind: 'names',
    flag: '--deployment <name|file>',
    description:
      'options of order-api/deployments/NAME.json, or of a file; other flags override them; repeat it to start several',
    default: null,
    defaultText: 'none',
  },
  deploymentNumber: {
    kind: 'whole',
    min: 1,
    max: 100,
    flag: '--deployment-number <n>',
    description: 'start only this one of several deployments, counted from 1',
    default: null,
    defaultText: 'all',
    hidden: true,
  },
  port: {
    kind: 'whole',
    min: 0,
    max: 65_535,
    flag: '--port <port>',
    description:
      'port on 127.0.0.1; several deployments take this port and the next ones; 0 picks free ones',
    default: 0,
  },
  logs: {
    kind: 'file',
    flag: '--logs <file>',
    description: 'write what Lambda would log of each call to this file; - for stdout',
    default: null,
    defaultText: 'none',
  },
  logFormat: {
    kind: 'choice',
    choices: ['text', 'json'],
    flag: '--log-format <format>',
    description: "Lambda's log format",
    default: 'text',
  },
  control: {
    kind: 'switch',
    flag: '--control',
    description:
      'serve /__control: settings of functions and mapping read and changed while it runs, as npm run tune does',
    default: false,
  },
  dieWithParent: {
    kind: 'switch',
    flag: '--die-with-parent',
    description: 'end when the IPC channel closes, or stdin if there is no channel',
    default: false,
  },
} as const satisfies OptionTable;

export type LogFormat = (typeof START_OPTIONS.logFormat.choices)[number];
