import type { Resource, Template, Value } from './read-template.ts';
import { type Problems, referredTo, resourcesOf, unless } from './template-problems.ts';

const FUNCTION = 'AWS::Serverless::Function';

/** Which service's actions may be allowed on which resource. */
const ACTION_TARGETS: Readonly<Record<string, string>> = {
  dynamodb: 'AWS::DynamoDB::Table',
  sqs: 'AWS::SQS::Queue',
  logs: 'AWS::Logs::LogGroup',
};

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: Value;
}

function statementsOf(role: Resource): Statement[] {
  const policies = (role.Properties['Policies'] ?? []) as { PolicyDocument: { Statement: [] } }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Actions that the role of a function allows, without those for its log. */
export function allowedActions(template: Template, functionName: string): string[] {
  const fn = template.Resources[functionName];
  const role = template.Resources[referredTo(fn?.Properties['Role'], 'Arn') ?? ''];
  if (role === undefined) return [];
  return statementsOf(role)
    .flatMap(({ Action }) => Action)
    .filter((action) => !action.startsWith('logs:'));
}

/** Every function has a role of its own that names each action and each resource. */
export function roleProblems(template: Template): Problems {
  const roles = resourcesOf(template, FUNCTION).map(([, fn]) => referredTo(fn.Properties['Role']));
  return resourcesOf(template, FUNCTION).flatMap(([name, fn]) => {
    const roleName = referredTo(fn.Properties['Role'], 'Arn');
    const role = template.Resources[roleName ?? ''];
    if (role?.Type !== 'AWS::IAM::Role') return [`${name}: no role of its own`];
    const principals = role.Properties['AssumeRolePolicyDocument'].Statement as Value[];
    return [
      ...unless(fn.Properties['Policies'] === undefined, `${name}: policies beside its role`),
      ...unless(role.Properties['ManagedPolicyArns'] === undefined, `${name}: a managed policy`),
      ...unless(roles.filter((other) => other === roleName).length === 1, `${name}: a shared role`),
      ...unless(
        principals.every(({ Principal }) => Principal?.Service === 'lambda.amazonaws.com'),
        `${name}: others than Lambda may assume its role`,
      ),
      ...statementsOf(role).flatMap((statement) => statementProblems(template, name, statement)),
    ];
  });
}

function statementProblems(template: Template, name: string, statement: Statement): Problems {
  const target = template.Resources[referredTo(statement.Resource, 'Arn') ?? ''];
  if (target === undefined) return [`${name}: a resource that is no resource of the stack`];
  return [statement.Action].flat().flatMap((action) => {
    const [service = ''] = action.split(':');
    return [
      ...unless(!action.includes('*'), `${name}: wildcard action ${action}`),
      ...unless(ACTION_TARGETS[service] === target.Type, `${name}: ${action} on a ${target.Type}`),
    ];
  });
}

const METRICS: readonly (readonly [namespace: string, metric: string, dimensionOf: string])[] = [
  ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'AWS::SQS::Queue'],
  ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'AWS::SQS::Queue'],
  ['AWS/Lambda', 'Throttles', FUNCTION],
  ['AWS/ApiGateway', '5xx', 'AWS::Serverless::HttpApi'],
];

/** Every alarm watches a resource of the stack by a metric that such a resource has. */
export function alarmProblems(template: Template): Problems {
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
  const watched = alarms.map(([, { Properties }]) => Properties['MetricName']);
  return [
    ...METRICS.flatMap(([, metric]) => unless(watched.includes(metric), `no alarm on ${metric}`)),
    ...alarms.flatMap(([name, { Properties: alarm }]) => {
      const known = METRICS.find(
        ([namespace, metric]) => namespace === alarm['Namespace'] && metric === alarm['MetricName'],
      );
      const resource = template.Resources[referredTo(alarm['Dimensions'][0].Value) ?? ''];
      return [
        ...unless(known !== undefined, `${name}: unknown metric ${alarm['MetricName']}`),
        ...unless(known?.[2] === resource?.Type, `${name}: it watches ${resource?.Type}`),
        ...unless(alarm['AlarmActions'] !== undefined, `${name}: it tells nobody`),
      ];
    }),
    ...deadLetterAlarmProblems(template),
  ];
}

function deadLetterAlarmProblems(template: Template): Problems {
  const deadLetters = resourcesOf(template, 'AWS::SQS::Queue').flatMap(
    ([, { Properties }]) => referredTo(Properties['RedrivePolicy']?.deadLetterTargetArn) ?? [],
  );
  const watched = resourcesOf(template, 'AWS::CloudWatch::Alarm')
    .filter(
      ([, { Properties }]) => Properties['MetricName'] === 'ApproximateNumberOfMessagesVisible',
    )
    .map(([, { Properties }]) => referredTo(Properties['Dimensions'][0].Value));
  return deadLetters
    .filter((queue) => !watched.includes(queue))
    .map((queue) => `no alarm on ${queue}`);
}

/** Logs expire, and a function writes JSON to a log group that only it may write to. */
export function logProblems(template: Template): Problems {
  return [
    ...resourcesOf(template, 'AWS::Logs::LogGroup').flatMap(([name, { Properties }]) =>
      unless(Properties['RetentionInDays'] !== undefined, `${name}: kept for ever`),
    ),
    ...resourcesOf(template, FUNCTION).flatMap(([name, fn]) => {
      const { LogFormat, LogGroup } = fn.Properties['LoggingConfig'] ?? {};
      const group = referredTo(LogGroup);
      const role = template.Resources[referredTo(fn.Properties['Role']) ?? ''];
      const writable = (role === undefined ? [] : statementsOf(role))
        .filter(({ Action }) => [Action].flat().includes('logs:PutLogEvents'))
        .map(({ Resource }) => referredTo(Resource));
      return [
        ...unless(LogFormat === 'JSON', `${name}: no JSON log`),
        ...unless(
          group !== undefined && writable.length === 1 && writable[0] === group,
          `${name}: it may not write to its log group, or to others`,
        ),
      ];
    }),
  ];
}

const TAGGABLE =
  /^AWS::(Serverless::HttpApi|DynamoDB::Table|SQS::Queue|IAM::Role|Logs::LogGroup|CloudWatch::Alarm)$/;

/** Everything says that it is for load tests, and goes with the stack. */
export function tagProblems(template: Template): Problems {
  const isMarked = (tags: Value): boolean =>
    Array.isArray(tags)
      ? tags.some(({ Key, Value }) => Key === 'purpose' && Value === 'load-test')
      : tags?.purpose === 'load-test';
  return [
    ...unless(isMarked(template.Globals.Function['Tags']), 'functions: not marked'),
    ...Object.entries(template.Resources).flatMap(([name, resource]) => [
      ...unless(
        !TAGGABLE.test(resource.Type) || isMarked(resource.Properties['Tags']),
        `${name}: not marked as test infrastructure`,
      ),
      ...unless(
        (resource as Value).DeletionPolicy !== 'Retain',
        `${name}: left behind when the stack goes`,
      ),
    ]),
  ];
}

/** Nobody without AWS credentials can spend money through the API, and nobody without bound. */
export function apiProblems(template: Template): Problems {
  return resourcesOf(template, 'AWS::Serverless::HttpApi').flatMap(
    ([name, { Properties: api }]) => [
      ...unless(
        api['Auth']?.DefaultAuthorizer === 'AWS_IAM' && api['Auth'].EnableIamAuthorizer === true,
        `${name}: open to everybody`,
      ),
      ...unless(
        api['DefaultRouteSettings']?.ThrottlingRateLimit !== undefined &&
          api['DefaultRouteSettings'].ThrottlingBurstLimit !== undefined,
        `${name}: no limit`,
      ),
    ],
  );
}
