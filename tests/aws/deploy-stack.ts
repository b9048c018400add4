import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LambdaClient, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { ROOT, readTemplate, type Value } from '../deploy/read-template.ts';
import { resourcesOf } from '../deploy/template-problems.ts';
import { signedFetch } from './signed-fetch.ts';
import { REGION, ROOT_CREDENTIALS } from './start-ministack.ts';

export interface DeployedStack {
  /** Base URL of the order API, through the emulated gateway. */
  readonly target: string;
  /** By logical id: names of functions, URLs of queues, UUIDs of mappings. */
  readonly resources: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

const BUCKET = 'bundles';
const STACK = 'order-load-test';

/**
 * Deploys `deploy/aws/template.yaml`, changed only in where the code comes from: the bundles of its own build
 * properties. MiniStack leaves two gaps, which are bridged here as AWS would: it ignores the routes of an HTTP API's
 * body, and keeps a mapping's maximum concurrency as text, which stops its poller.
 */
export async function deployStack(
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<DeployedStack> {
  const s3 = (path: string, body: string | Uint8Array<ArrayBuffer>) =>
    call(url, 's3', { method: 'PUT', path, body });
  await s3(
    `/${BUCKET}`,
    `<CreateBucketConfiguration><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`,
  );
  for (const [name, zip] of await bundles()) await s3(`/${BUCKET}/${name}.zip`, zip);

  const given = Object.entries(parameters).flatMap(([key, value], index) => [
    [`Parameters.member.${index + 1}.ParameterKey`, key],
    [`Parameters.member.${index + 1}.ParameterValue`, value],
  ]);
  await query(url, 'cloudformation', {
    Action: 'CreateStack',
    StackName: STACK,
    TemplateBody: templateWithCode(),
    'Capabilities.member.1': 'CAPABILITY_IAM',
    'Capabilities.member.2': 'CAPABILITY_AUTO_EXPAND',
    ...Object.fromEntries(given),
  });
  const outputs = await createdStack(url);
  const resources = await resourcesOfStack(url);
  await bridgeRoutes(url, resources);
  await bridgeMapping(url, resources, Number(parameters['MaximumWriteConcurrency'] ?? 10));
  return { target: `${url}/_aws/execute-api/${resources['OrderApi']}`, resources, outputs };
}

/** The zipped code of each function, made as `sam build` makes it. */
async function bundles(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const zips = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, fn] of resourcesOf(readTemplate(), 'AWS::Serverless::Function')) {
    const { EntryPoints, Format, Target, Minify, MainFields } = fn.Metadata?.BuildProperties ?? {};
    const { outputFiles } = await build({
      absWorkingDir: ROOT,
      entryPoints: EntryPoints,
      bundle: true,
      platform: 'node',
      format: Format,
      target: Target,
      minify: Minify,
      mainFields: MainFields.split(','),
      outdir: '/',
      write: false,
      logLevel: 'error',
    });
    const files = outputFiles.map(({ path, contents }) => [basename(path), contents] as const);
    zips.set(name, zipSync(Object.fromEntries(files)));
  }
  return zips;
}

/** The template as JSON: MiniStack does not read all of CloudFormation's short forms in YAML. */
function templateWithCode(): string {
  const template = readTemplate();
  for (const [name, fn] of resourcesOf(template, 'AWS::Serverless::Function')) {
    fn.Properties['CodeUri'] = `s3://${BUCKET}/${name}.zip`;
  }
  return JSON.stringify(template);
}

async function createdStack(url: string): Promise<Record<string, string>> {
  while (true) {
    const answer = await query(url, 'cloudformation', {
      Action: 'DescribeStacks',
      StackName: STACK,
    });
    const status = textOf(answer, 'StackStatus');
    if (status === 'CREATE_COMPLETE') {
      return Object.fromEntries(
        [
          ...answer.matchAll(/<OutputKey>(.*?)<\/OutputKey>\s*<OutputValue>(.*?)<\/OutputValue>/gs),
        ].map(([, key = '', value = '']) => [key, value]),
      );
    }
    if (status !== 'CREATE_IN_PROGRESS') {
      const events = await query(url, 'cloudformation', {
        Action: 'DescribeStackEvents',
        StackName: STACK,
      });
      const reasons = [...events.matchAll(/<ResourceStatusReason>(.*?)</gs)].map(([, why]) => why);
      throw new Error(`the stack is ${status}: ${reasons.join('; ')}`);
    }
    await delay(100);
  }
}

async function resourcesOfStack(url: string): Promise<Record<string, string>> {
  const answer = await query(url, 'cloudformation', {
    Action: 'DescribeStackResources',
    StackName: STACK,
  });
  return Object.fromEntries(
    [...answer.matchAll(/<member>(.*?)<\/member>/gs)].map(([, member = '']) => [
      textOf(member, 'LogicalResourceId'),
      textOf(member, 'PhysicalResourceId'),
    ]),
  );
}

/** Makes the routes that stand in the body of the HTTP API, with their function and their authorisation. */
async function bridgeRoutes(url: string, resources: Record<string, string>): Promise<void> {
  const processed = await query(url, 'cloudformation', {
    Action: 'GetTemplate',
    StackName: STACK,
    TemplateStage: 'Processed',
  });
  const template = JSON.parse(unescapeXml(textOf(processed, 'TemplateBody'))) as Value;
  const { paths } = template.Resources.OrderApi.Properties.Body;
  for (const [path, methods] of Object.entries<Value>(paths)) {
    for (const [method, operation] of Object.entries<Value>(methods)) {
      const integration = operation['x-amazon-apigateway-integration'];
      // That of an alias is the name of its ARN.
      const [, logicalId = ''] =
        /\$\{(\w+)(?:\.Arn)?\}\/invocations/.exec(JSON.stringify(integration.uri)) ?? [];
      const { integrationId } = await api(url, resources, 'integrations', {
        integrationType: 'AWS_PROXY',
        integrationUri: resources[logicalId],
        payloadFormatVersion: integration.payloadFormatVersion,
      });
      await api(url, resources, 'routes', {
        routeKey: `${method.toUpperCase()} ${path}`,
        target: `integrations/${integrationId}`,
        authorizationType: 'AWS_IAM',
      });
    }
  }
}

async function bridgeMapping(
  url: string,
  resources: Record<string, string>,
  maximumConcurrency: number,
): Promise<void> {
  const lambda = new LambdaClient({ region: REGION, endpoint: url, credentials: ROOT_CREDENTIALS });
  await lambda.send(
    new UpdateEventSourceMappingCommand({
      UUID: resources['WriteOrdersQueue'],
      ScalingConfig: { MaximumConcurrency: maximumConcurrency },
    }),
  );
  lambda.destroy();
}

async function api(url: string, resources: Record<string, string>, kind: string, body: object) {
  const text = await call(url, 'apigateway', {
    method: 'POST',
    path: `/v2/apis/${resources['OrderApi']}/${kind}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return JSON.parse(text) as Record<string, string>;
}

/** A call of the query protocol, as CloudFormation and IAM take it; returns XML. */
export async function query(
  url: string,
  service: 'cloudformation' | 'iam',
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  return call(url, service, {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

function call(url: string, service: string, { path, ...rest }: Call): Promise<string> {
  const credentials = ROOT_CREDENTIALS;
  return signedFetch({ url: url + path, service, region: REGION, credentials, ...rest });
}

/** The text of the first element of a name. */
export function textOf(xml: string, element: string): string {
  return new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(xml)?.[1] ?? '';
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
