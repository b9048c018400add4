import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PRICE_LIST } from '../../lib/core/cost/price-list.ts';
import { DEFAULT_ORDER_API_CONFIG } from '../../order-api/config/order-api-config.ts';
import { ROOT, readSamConfig, readTemplate } from './read-template.ts';

const PAGE = readFileSync(join(ROOT, 'docs/deploy-aws.md'), 'utf8');

/** The figures of a row of the cost table, of which the last may be less. */
function row(name: string): number[] {
  const line = PAGE.split('\n').find((text) => text.startsWith(`| ${name}`)) ?? '';
  return line
    .split('|')
    .slice(2, -1)
    .map((cell) => Number(cell.replaceAll('*', '')));
}

it('every stack is in the table of deployments', () => {
  for (const [name, { stack_name }] of readSamConfig()) {
    if (name !== 'default') expect(PAGE).toContain(`| \`${name}\` | \`${stack_name}\` |`);
  }
});

it('every parameter, output and action of IAM that the page names exists', () => {
  const named = [...PAGE.matchAll(/`([A-Z]\w+)`/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(3);
  const { Parameters, Outputs } = readTemplate();
  const actions = [...PAGE.matchAll(/"\w+:([A-Z]\w+)"/g)].map(([, action]) => action);
  const known = [...Object.keys(Parameters), ...Object.keys(Outputs), ...actions];
  for (const name of named) expect(known).toContain(name);
});

it('the cost of a million orders adds up, at the prices of the price list', () => {
  const { workMs, ioMs } = DEFAULT_ORDER_API_CONFIG;
  const time = (memoryMb: number): number => {
    const billedMs = Math.ceil(workMs / (memoryMb / 1769) + ioMs);
    return billedMs * 1e3 * (memoryMb / 1024) * PRICE_LIST.lambdaGbSecond.x86;
  };
  expect(row('Lambda, time').slice(0, 2)).toEqual(
    [128, 1024].map((mb) => Number(time(mb).toFixed(2))),
  );
  expect(row('HTTP API')[0]).toBeCloseTo(PRICE_LIST.httpApiRequest * 1e6);
  expect(row('Lambda, calls')[0]).toBeCloseTo(PRICE_LIST.lambdaRequest * 1e6);
  expect(row('DynamoDB')[0]).toBeCloseTo(PRICE_LIST.dynamoDbWrite * 1e6, 1);
  expect(PAGE).toContain(`Computed on ${PRICE_LIST.date}`);
  const parts = ['HTTP API', 'Lambda, calls', 'Lambda, time', 'SQS', 'DynamoDB', 'logs'].map(row);
  row('**sum').forEach((sum, column) => {
    const total = parts.reduce((before, part) => before + (part[column] ?? 0), 0);
    expect(total).toBeCloseTo(sum, 1);
  });
});
