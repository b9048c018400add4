import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isScalar, type Node, parse, parseDocument, visit, YAMLMap } from 'yaml';

export const ROOT = resolve(import.meta.dirname, '../..');
export const AWS_FOLDER = join(ROOT, 'deploy/aws');
export const TEMPLATE_FILE = join(AWS_FOLDER, 'template.yaml');

/** A value of the template; intrinsic functions are in their long form, `{ Ref: … }`, `{ 'Fn::If': … }`. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails on anything else.
export type Value = any;

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, Value>;
  readonly Metadata?: { readonly BuildProperties: Record<string, Value> };
}

export interface Parameter {
  readonly Type: string;
  Default: string | number;
  AllowedValues?: readonly (string | number)[];
  readonly MinValue?: number;
  readonly MaxValue?: number;
}

export interface Rule {
  RuleCondition?: Value;
  readonly Assertions: readonly { readonly Assert: Value }[];
}

export interface Template {
  readonly Parameters: Record<string, Parameter>;
  readonly Rules: Record<string, Rule>;
  readonly Conditions: Record<string, Value>;
  readonly Globals: { readonly Function: Record<string, Value> };
  readonly Resources: Record<string, Resource>;
  readonly Outputs: Record<string, { readonly Value: Value }>;
}

/** The SAM template; nothing in it is shared, so that a test can change one place. */
export function readTemplate(): Template {
  const document = parseDocument(readFileSync(TEMPLATE_FILE, 'utf8'), { logLevel: 'error' });
  visit(document, {
    Node: (_, node) => (node.tag?.startsWith('!') ? toLongForm(node as Node) : undefined),
  });
  return JSON.parse(JSON.stringify(document.toJS())) as Template;
}

function toLongForm(node: Node): YAMLMap {
  const name = (node.tag ?? '').slice(1);
  delete node.tag;
  if (name === 'GetAtt' && isScalar(node)) node.value = String(node.value).split('.');
  const call = new YAMLMap<string, Node>();
  call.set(name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`, node);
  if ('anchor' in node && typeof node.anchor === 'string') {
    call.anchor = node.anchor;
    delete node.anchor;
  }
  return call;
}

export interface DeployParameters {
  readonly stack_name: string;
  readonly parameter_overrides?: string;
  readonly tags: string;
}

/** The deploy parameters of samconfig.yaml, by name of the environment. */
export function readSamConfig(): Map<string, DeployParameters> {
  const text = readFileSync(join(AWS_FOLDER, 'samconfig.yaml'), 'utf8');
  const { version: _, ...environments } = parse(text, { merge: true }) as Record<string, Value>;
  return new Map(
    Object.entries(environments).map(([name, { deploy }]) => [name, deploy.parameters]),
  );
}

/** `Memory=128 Handler=naive` as an object. */
export function parseOverrides(text = ''): Record<string, string> {
  return Object.fromEntries(
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((pair) => pair.split('=', 2) as [string, string]),
  );
}
