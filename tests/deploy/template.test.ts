import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseOrderInput } from '../../order-api/handlers/order-input.ts';
import {
  alarmProblems,
  apiProblems,
  logProblems,
  roleProblems,
  tagProblems,
} from './operation-problems.ts';
import { ROOT, readTemplate, type Template, type Value } from './read-template.ts';
import {
  functionProblems,
  outputProblems,
  type Problems,
  queueProblems,
  tableProblems,
  versionProblems,
  windowProblems,
} from './template-problems.ts';

const hasFile = (path: string) => existsSync(join(ROOT, path));

/** The attribute of an order that the handlers keep for DynamoDB's TTL. */
function ttlAttribute(): string {
  const order = { orderId: 'o', customerId: 'c', productId: 'p', quantity: 1, price: 1 };
  const stored = parseOrderInput(JSON.stringify({ ...order, ttl: 1, expireAt: 1, expiresAt: 1 }));
  return Object.keys(stored ?? {})
    .filter((name) => !(name in order))
    .join();
}

const properties = (template: Template, name: string): Value =>
  template.Resources[name]?.Properties ?? {};
const statement = (template: Template, role: string, index: number): Value =>
  properties(template, role).Policies[0].PolicyDocument.Statement[index];

const sub = (...names: string[]): string => names.map((name) => `\${${name}}`).join(' ');

/** One check, and faults that it must find. */
type Check = readonly [
  name: string,
  problemsOf: (template: Template) => Problems,
  faults: Readonly<Record<string, (template: Template) => void>>,
];

const CHECKS: readonly Check[] = [
  [
    'batches above 10 have a window',
    windowProblems,
    {
      'the rule is gone': (t) => delete t.Rules['BatchNeedsWindow'],
      'the rule forgets 25': (t) => {
        (t.Rules['BatchNeedsWindow'] as Value).RuleCondition['Fn::Not'][0]['Fn::Contains'][0].push(
          '25',
        );
      },
      'the rule refuses a batch of 10 without a window': (t) => {
        delete t.Rules['BatchNeedsWindow']?.RuleCondition;
      },
      'a batch is larger than Lambda takes': (t) => {
        (t.Parameters['BatchSize'] as Value).AllowedValues.push(20_000);
      },
      'any batch size, past the rule': (t) => {
        t.Rules['BatchNeedsWindow'] = {
          RuleCondition: { 'Fn::Contains': [['25'], { Ref: 'BatchSize' }] },
          Assertions: t.Rules['BatchNeedsWindow']?.Assertions ?? [],
        };
        delete (t.Parameters['BatchSize'] as Value).AllowedValues;
      },
    },
  ],
  [
    'the queue waits for six timeouts and a window, and gives up after five receives',
    queueProblems,
    {
      'visibility of 119 s': (t) => (properties(t, 'OrdersQueue').VisibilityTimeout = 119),
      'a longer timeout': (t) => (t.Globals.Function['Timeout'] = 11),
      'a longer window': (t) => {
        (t.Parameters['BatchWindowSeconds'] as Value).AllowedValues.push(61);
      },
      'four receives': (t) => (properties(t, 'OrdersQueue').RedrivePolicy.maxReceiveCount = 4),
      'no dead letter queue': (t) => delete t.Resources['DeadLetterQueue'],
      'whole batches fail': (t) =>
        delete properties(t, 'WriteOrders').Events.Queue.Properties.FunctionResponseTypes,
    },
  ],
  [
    'runtimes are alive, entries exist, handlers are what is built',
    (template) => functionProblems(template, hasFile),
    {
      'Node 20': (t) => (t.Globals.Function['Runtime'] = 'nodejs20.x'),
      'an entry that is not there': (t) => {
        (t.Resources['GetOrder'] as Value).Metadata.BuildProperties.EntryPoints = [
          'order-api/functions/fetch-order.ts',
        ];
      },
      'a handler that is not built': (t) => (properties(t, 'GetOrder').Handler = 'index.handler'),
      'a choice of handlers that is not built': (t) => {
        (t.Resources['CreateOrder'] as Value).Metadata.BuildProperties.EntryPoints.pop();
      },
      'a choice of handlers that sam build would overwrite': (t) => {
        (t.Resources['CreateOrder'] as Value).Metadata.BuildProperties.OutExtension = ['.js=.mjs'];
      },
    },
  ],
  [
    'parameters reach the published version',
    versionProblems,
    {
      'memory does not': (t) => {
        properties(t, 'CreateOrder').VersionDescription = {
          'Fn::Sub': sub('Architecture', 'CreateOrderHandler'),
        };
      },
      'the choice of handler does not': (t) => {
        properties(t, 'CreateOrder').VersionDescription = {
          'Fn::Sub': sub('Architecture', 'MemoryMb'),
        };
      },
      'provisioned without an alias': (t) => delete properties(t, 'CreateOrder').AutoPublishAlias,
    },
  ],
  [
    'the table expires test orders and costs nothing while idle',
    (template) => tableProblems(template, ttlAttribute()),
    {
      'TTL elsewhere': (t) => {
        properties(t, 'OrdersTable').TimeToLiveSpecification.AttributeName = 'ttl';
      },
      'TTL off': (t) => (properties(t, 'OrdersTable').TimeToLiveSpecification.Enabled = false),
      'billed by the hour': (t) => (properties(t, 'OrdersTable').BillingMode = 'PROVISIONED'),
      'another key': (t) => (properties(t, 'OrdersTable').KeySchema[0].AttributeName = 'id'),
      'no table': (t) => delete t.Resources['OrdersTable'],
    },
  ],
  [
    'roles allow named actions on named resources',
    roleProblems,
    {
      'all actions': (t) => (statement(t, 'GetOrderRole', 0).Action = 'dynamodb:*'),
      'all resources': (t) => (statement(t, 'GetOrderRole', 0).Resource = '*'),
      'all tables': (t) => {
        statement(t, 'GetOrderRole', 0).Resource = { 'Fn::Sub': 'arn:aws:dynamodb:*:*:table/*' };
      },
      'an action on the wrong resource': (t) => {
        statement(t, 'EnqueueOrderRole', 0).Resource = { 'Fn::GetAtt': ['OrdersTable', 'Arn'] };
      },
      'a broad policy beside the role': (t) => {
        properties(t, 'GetOrder').Policies = ['AmazonDynamoDBFullAccess'];
      },
      'a managed policy': (t) => {
        properties(t, 'GetOrderRole').ManagedPolicyArns = ['arn:aws:iam::aws:policy/Admin'];
      },
      'a shared role': (t) => (properties(t, 'GetOrder').Role = properties(t, 'CreateOrder').Role),
      'no role': (t) => delete properties(t, 'GetOrder').Role,
      'anybody may assume it': (t) => {
        properties(t, 'GetOrderRole').AssumeRolePolicyDocument.Statement[0].Principal = '*';
      },
    },
  ],
  [
    'alarms watch what exists',
    alarmProblems,
    {
      'a queue that is not there': (t) => {
        properties(t, 'QueueAgeAlarm').Dimensions[0].Value = { Ref: 'Gone' };
      },
      'a function for a queue': (t) => {
        properties(t, 'QueueAgeAlarm').Dimensions[0].Value = { Ref: 'CreateOrder' };
      },
      'the queue for the dead letters': (t) => {
        properties(t, 'DeadLettersAlarm').Dimensions[0].Value['Fn::GetAtt'][0] = 'OrdersQueue';
      },
      'a metric of the other API type': (t) => {
        properties(t, 'ServerErrorsAlarm').MetricName = '5XXError';
      },
      'nothing tells of throttles': (t) => {
        delete t.Resources['CreateOrderThrottlesAlarm'];
        delete t.Resources['EnqueueOrderThrottlesAlarm'];
      },
      'nobody is told': (t) => delete properties(t, 'QueueAgeAlarm').AlarmActions,
    },
  ],
  [
    'logs are JSON, expire, and are the own',
    logProblems,
    {
      'kept for ever': (t) => delete properties(t, 'ApiLogs').RetentionInDays,
      text: (t) => (properties(t, 'GetOrder').LoggingConfig.LogFormat = 'Text'),
      'to the log of another': (t) => {
        properties(t, 'GetOrder').LoggingConfig.LogGroup = { Ref: 'CreateOrderLogs' };
      },
      'no right to write': (t) => {
        properties(t, 'GetOrderRole').Policies[0].PolicyDocument.Statement.pop();
      },
    },
  ],
  [
    'all is marked as test infrastructure and goes with the stack',
    tagProblems,
    {
      'functions are not': (t) => delete t.Globals.Function['Tags'],
      'a queue is not': (t) => delete properties(t, 'OrdersQueue').Tags,
      'the API is not': (t) => delete properties(t, 'OrderApi').Tags,
      'the table stays': (t) => ((t.Resources['OrdersTable'] as Value).DeletionPolicy = 'Retain'),
    },
  ],
  [
    'outputs name what --function and --mapping want',
    outputProblems,
    {
      'a function is not named': (t) => delete t.Outputs['WriteOrdersFunction'],
      'the alias is forgotten': (t) => {
        t.Outputs['CreateOrderFunction'] = { Value: { Ref: 'CreateOrder' } };
      },
      'the mapping is another': (t) => {
        t.Outputs['WriteOrdersMapping'] = { Value: { Ref: 'WriteOrders' } };
      },
    },
  ],
  [
    'the API is closed and limited',
    apiProblems,
    {
      'open to everybody': (t) => delete properties(t, 'OrderApi').Auth,
      'no limit': (t) => delete properties(t, 'OrderApi').DefaultRouteSettings,
    },
  ],
];

describe.each(CHECKS)('%s', (_, problemsOf, faults) => {
  it('holds', () => expect(problemsOf(readTemplate())).toEqual([]));

  it.each(Object.entries(faults))('notices: %s', (__, plant) => {
    const template = readTemplate();
    plant(template);
    expect(problemsOf(template)).not.toEqual([]);
  });
});

it('gives what a load needs', () => {
  const { ApiUrl, ApiHost, TableName, QueueUrl } = readTemplate().Outputs;
  const host = [sub('OrderApi'), 'execute-api', sub('AWS::Region'), sub('AWS::URLSuffix')].join(
    '.',
  );
  expect(ApiUrl?.Value).toEqual({ 'Fn::Sub': `https://${host}` });
  expect(ApiHost?.Value).toEqual({ 'Fn::Sub': host });
  expect(TableName?.Value).toEqual({ Ref: 'OrdersTable' });
  expect(QueueUrl?.Value).toEqual({ Ref: 'OrdersQueue' });
});

it('keeps point-in-time recovery, reserved and provisioned concurrency off by default', () => {
  const { Parameters } = readTemplate();
  expect(Parameters['PointInTimeRecovery']?.Default).toBe('false');
  expect(Parameters['ReservedConcurrency']?.Default).toBe(-1);
  expect(Parameters['ProvisionedConcurrency']?.Default).toBe(0);
});
