import type { OptionTable } from './option-spec.ts';

export const STORE_OPTIONS = {
  createOrder: {
    kind: 'choice',
    choices: ['optimised', 'naive'],
    flag: '--create-order <kind>',
    description: 'handler of POST /orders: optimised, or naive as in most tutorials',
    default: 'optimised',
  },
  store: {
    kind: 'choice',
    choices: ['dynalite', 'memory'],
    flag: '--store <kind>',
    description: 'where orders are kept: dynalite is a local DynamoDB',
    default: 'dynalite',
  },
  dynamodbEndpoint: {
    kind: 'url',
    flag: '--dynamodb-endpoint <url>',
    description: 'keep orders in this DynamoDB instead',
    default: null,
    defaultText: 'none',
    conflictsWith: 'store',
  },
} as const satisfies OptionTable;
