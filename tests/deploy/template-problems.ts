import {
  allowedValues,
  defaultParameters,
  evaluate,
  type Parameters,
  parametersIn,
  passesRules,
} from './evaluate.ts';
import type { Resource, Template, Value } from './read-template.ts';

/** What is wrong with a template: one line each, none where all is well. */
export type Problems = readonly string[];

const FUNCTION = 'AWS::Serverless::Function';

export function resourcesOf(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** A property of a function, its own or that of all. */
function functionProperty(template: Template, resource: Resource, name: string): Value {
  return resource.Properties[name] ?? template.Globals.Function[name];
}

/** Name of the resource that `!Ref X` or `!GetAtt X.…` means, or undefined. */
export function referredTo(value: Value, attribute?: string): string | undefined {
  const [name, got] = value?.['Fn::GetAtt'] ?? [value?.Ref, undefined];
  return attribute === undefined || got === attribute ? name : undefined;
}

function queueMappings(template: Template): { name: string; fn: Resource; event: Value }[] {
  return resourcesOf(template, FUNCTION).flatMap(([name, fn]) =>
    Object.values(fn.Properties['Events'] as Record<string, Value>)
      .filter((event) => event.Type === 'SQS')
      .map((event) => ({ name, fn, event: event.Properties })),
  );
}

/** Lambda refuses a mapping whose batches exceed 10 messages and whose window is 0. */
export function windowProblems(template: Template): Problems {
  return queueMappings(template).flatMap(({ name, event }) =>
    batchCombinations(template, event).flatMap(({ parameters, batch, window }) => {
      const works = batch >= 1 && batch <= 10_000 && window <= 300 && (batch <= 10 || window >= 1);
      if (passesRules(template, parameters) === works) return [];
      return [`${name}: batch ${batch}, window ${window}: ${works ? 'refused' : 'let through'}`];
    }),
  );
}

function batchCombinations(template: Template, event: Value) {
  const [batchName = ''] = parametersIn(event.BatchSize, template);
  const [windowName = ''] = parametersIn(event.MaximumBatchingWindowInSeconds, template);
  const values = (name: string, near: number[]): string[] => {
    const parameter = template.Parameters[name];
    return parameter === undefined ? [''] : allowedValues(parameter, near);
  };
  return values(batchName, [10, 11]).flatMap((batchValue) =>
    values(windowName, [0, 1]).map((windowValue) => {
      const chosen = { [batchName]: batchValue, [windowName]: windowValue };
      const parameters: Parameters = { ...defaultParameters(template), ...chosen };
      const batch = Number(evaluate(event.BatchSize, template, parameters));
      const window = Number(evaluate(event.MaximumBatchingWindowInSeconds, template, parameters));
      return { parameters, batch, window };
    }),
  );
}

/** AWS's advice for queues: six times the function's timeout and the window; five receives or more. */
export function queueProblems(template: Template): Problems {
  return queueMappings(template).flatMap(({ name, fn, event }) => {
    const queue = template.Resources[referredTo(event.Queue, 'Arn') ?? '']?.Properties;
    if (queue === undefined) return [`${name}: its queue does not exist`];
    const timeout = Number(functionProperty(template, fn, 'Timeout'));
    const longest = Math.max(...batchCombinations(template, event).map(({ window }) => window));
    const redrive = queue['RedrivePolicy'] ?? {};
    const deadLetters = template.Resources[referredTo(redrive.deadLetterTargetArn, 'Arn') ?? ''];
    return [
      ...unless(
        queue['VisibilityTimeout'] >= 6 * timeout + longest,
        `${name}: a visibility timeout of ${queue['VisibilityTimeout']} s is too short`,
      ),
      ...unless(redrive.maxReceiveCount >= 5, `${name}: fewer than five receives`),
      ...unless(deadLetters?.Type === 'AWS::SQS::Queue', `${name}: no dead letter queue`),
      ...unless(
        event.FunctionResponseTypes?.includes('ReportBatchItemFailures'),
        `${name}: one bad message would return its whole batch`,
      ),
    ];
  });
}

/** AWS's deprecation dates lie years ahead for these (docs: lambda-runtimes, read 2026-11-23). */
const RUNTIMES = ['nodejs22.x', 'nodejs24.x'];

/** The bundles' entry files exist, and each handler that a parameter can choose is one of them. */
export function functionProblems(
  template: Template,
  fileExists: (pathFromRoot: string) => boolean,
): Problems {
  return resourcesOf(template, FUNCTION).flatMap(([name, fn]) => {
    const runtime = functionProperty(template, fn, 'Runtime');
    const entries: string[] = fn.Metadata?.BuildProperties['EntryPoints'] ?? [];
    const handlers = [fn.Properties['Handler']].flatMap(
      (handler) => handler['Fn::If']?.slice(1) ?? handler,
    );
    const built = entries.map(
      (entry) =>
        `${entry
          .split('/')
          .at(-1)
          ?.replace(/[.]ts$/, '')}.handler`,
    );
    const chooses = handlers.length > 1;
    return [
      // SAM looks for .js, and writes the default's handler over a choice that it does not find.
      ...unless(
        !chooses || fn.Metadata?.BuildProperties['OutExtension'] === undefined,
        `${name}: sam build would overwrite its choice of handlers`,
      ),
      ...unless(RUNTIMES.includes(runtime), `${name}: runtime ${runtime} is deprecated or unknown`),
      ...unless(fn.Properties['CodeUri'] === '../../', `${name}: CodeUri is not the repository`),
      ...entries.filter((entry) => !fileExists(entry)).map((entry) => `${name}: no file ${entry}`),
      ...unless(
        JSON.stringify([...built].sort()) === JSON.stringify([...handlers].sort()),
        `${name}: handlers ${handlers} are not what is built, ${built}`,
      ),
    ];
  });
}

/**
 * A published version keeps its settings. SAM publishes a new one when the template's text changes, so
 * parameters that a version depends on have to be in its description.
 */
export function versionProblems(template: Template): Problems {
  return resourcesOf(template, FUNCTION).flatMap(([name, fn]) => {
    if (functionProperty(template, fn, 'AutoPublishAlias') === undefined) {
      const provisioned = fn.Properties['ProvisionedConcurrencyConfig'] !== undefined;
      return unless(!provisioned, `${name}: provisioned concurrency needs an alias`);
    }
    const versioned = [
      'MemorySize',
      'Architectures',
      'Handler',
      'Environment',
      'Timeout',
      'Runtime',
    ];
    const needed = versioned.flatMap((property) =>
      parametersIn(functionProperty(template, fn, property) ?? null, template),
    );
    const named = parametersIn(fn.Properties['VersionDescription'] ?? null, template);
    return needed
      .filter((parameter) => !named.includes(parameter))
      .map((parameter) => `${name}: a change of ${parameter} would not reach its alias`);
  });
}

/** Only DynamoDB's TTL on the attribute that orders carry makes test data vanish. */
/** Outputs name every function as its callers call it (for `--function`), and every mapping (for `--mapping`). */
export function outputProblems(template: Template): Problems {
  const outputs = Object.values(template.Outputs).map(({ Value: value }) => JSON.stringify(value));
  const called = resourcesOf(template, FUNCTION).map(([name, fn]) => {
    const alias = functionProperty(template, fn, 'AutoPublishAlias');
    return alias === undefined ? { Ref: name } : { 'Fn::Sub': `\${${name}}:${alias}` };
  });
  const mappings = resourcesOf(template, FUNCTION).flatMap(([name, fn]) =>
    Object.entries(fn.Properties['Events'] ?? {})
      .filter(([, event]) => (event as Value).Type === 'SQS')
      // SAM's name of the mapping: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
      .map(([event]) => ({ Ref: `${name}${event}` })),
  );
  return [...called, ...mappings]
    .map((value) => JSON.stringify(value))
    .filter((value) => !outputs.includes(value))
    .map((value) => `no output is ${value}`);
}

export function tableProblems(template: Template, ttlAttribute: string): Problems {
  const tables = resourcesOf(template, 'AWS::DynamoDB::Table');
  if (tables.length !== 1) return [`${tables.length} tables`];
  return tables.flatMap(([name, { Properties: table }]) => [
    ...unless(
      table['TimeToLiveSpecification']?.AttributeName === ttlAttribute &&
        table['TimeToLiveSpecification'].Enabled === true,
      `${name}: TTL is not on ${ttlAttribute}`,
    ),
    ...unless(table['BillingMode'] === 'PAY_PER_REQUEST', `${name}: billed while idle`),
    ...unless(table['KeySchema']?.[0]?.AttributeName === 'orderId', `${name}: key is not orderId`),
  ]);
}

export function unless(isRight: boolean | undefined, problem: string): Problems {
  return isRight === true ? [] : [problem];
}
