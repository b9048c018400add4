import type { Parameter, Template, Value } from './read-template.ts';

/** Values of the template's parameters. CloudFormation compares them as text. */
export type Parameters = Readonly<Record<string, string>>;

/** What CloudFormation makes of a condition, a rule or an `!If`, once the parameters have values. */
export function evaluate(value: Value, template: Template, parameters: Parameters): Value {
  const inner = (nested: Value): Value => evaluate(nested, template, parameters);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inner);
  const [name = '', argument] = Object.entries(value)[0] ?? [];
  switch (name) {
    case 'Ref':
      return parameters[argument as string] ?? value;
    case 'Condition':
      return inner(template.Conditions[argument as string]);
    case 'Fn::Not':
      return !inner((argument as Value[])[0]);
    case 'Fn::And':
      return (argument as Value[]).every(inner);
    case 'Fn::Or':
      return (argument as Value[]).some(inner);
    case 'Fn::Equals': {
      const [a, b] = inner(argument);
      return String(a) === String(b);
    }
    case 'Fn::Contains': {
      const [list, item] = inner(argument) as [Value[], Value];
      return list.some((entry) => String(entry) === String(item));
    }
    case 'Fn::If': {
      const [condition, then, otherwise] = argument as [string, Value, Value];
      return inner(inner({ Condition: condition }) ? then : otherwise);
    }
    default:
      return Object.fromEntries(Object.entries(value).map(([key, nested]) => [key, inner(nested)]));
  }
}

export function defaultParameters(template: Template): Parameters {
  return Object.fromEntries(
    Object.entries(template.Parameters).map(([name, { Default }]) => [name, String(Default)]),
  );
}

/** Names of the template's parameters that a value depends on, also through conditions and `!Sub`. */
export function parametersIn(value: Value, template: Template): string[] {
  const names = new Set<string>();
  const collect = (text: string): void => {
    for (const [, ref, sub] of text.matchAll(/"Ref":"(\w+)"|\$\{(\w+)\}/g))
      names.add(ref ?? sub ?? '');
    for (const [, name = ''] of text.matchAll(/"Fn::If":\["(\w+)"/g)) {
      collect(JSON.stringify(template.Conditions[name]));
    }
  };
  collect(JSON.stringify(value) ?? '');
  return [...names].filter((name) => name in template.Parameters);
}

/** Every value that a parameter allows, or the edges of its range and of the values that are near. */
export function allowedValues(parameter: Parameter, near: readonly number[]): string[] {
  const { AllowedValues, MinValue, MaxValue, Default } = parameter;
  if (AllowedValues !== undefined) return AllowedValues.map(String);
  const low = MinValue ?? 0;
  const high = MaxValue ?? 1e6;
  const values = [low, high, Number(Default), ...near].filter((n) => n >= low && n <= high);
  return [...new Set(values)].map(String);
}

/** Whether the template's rules let these parameters pass. */
export function passesRules(template: Template, parameters: Parameters): boolean {
  return Object.values(template.Rules).every(
    ({ RuleCondition = true, Assertions }) =>
      evaluate(RuleCondition, template, parameters) !== true ||
      Assertions.every(({ Assert }) => evaluate(Assert, template, parameters) === true),
  );
}
