import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  renderReportFormat,
  renderReportJsonSchema,
} from '../../../lib/core/report/render-format-docs.ts';
import { reportSchema } from '../../../lib/questions/report-schema.ts';

const page = (name: string) =>
  readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');

interface Node {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Record<string, Node>;
  readonly items?: Node;
  readonly $defs?: Record<string, Node>;
}

function undescribed(path: string, node: Node): string[] {
  return Object.entries({ ...node.properties, ...node.items?.properties }).flatMap(
    ([name, field]) => [
      ...(field.description === undefined && field.$ref === undefined ? [`${path}.${name}`] : []),
      ...undescribed(`${path}.${name}`, field),
    ],
  );
}

describe('the generated pages', () => {
  it('are up to date (npm run docs)', () => {
    expect(page('report-format.md')).toBe(renderReportFormat(reportSchema));
    expect(page('report-v1.schema.json')).toBe(renderReportJsonSchema(reportSchema));
  });

  it('give every field a meaning', () => {
    const schema = JSON.parse(renderReportJsonSchema(reportSchema)) as Node;
    const definitions = Object.entries(schema.$defs ?? {}).flatMap(([name, node]) =>
      undescribed(name, node),
    );
    expect([...undescribed('', schema), ...definitions]).toEqual([]);
  });

  it('allow fields of newer minor versions', () => {
    expect(renderReportJsonSchema(reportSchema)).not.toContain('"additionalProperties": false');
  });

  it.each([
    '`run.verdict`',
    '`requests.successRatio`',
    '`latencyMs.all`',
    '`p999`',
    '`lambda.coldStarts`',
  ])('name %s', (path) => expect(renderReportFormat(reportSchema)).toContain(`| ${path} |`));
});
