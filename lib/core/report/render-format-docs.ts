import * as z from 'zod';

interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly description?: string;
  readonly unit?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** Report v1 as JSON Schema (draft 2020-12). Unknown fields are allowed: minor versions add some. */
function reportJsonSchema(reportSchema: z.ZodType): Record<string, unknown> {
  return {
    title: 'Report v1',
    ...z.toJSONSchema(reportSchema, {
      target: 'draft-2020-12',
      io: 'input',
      // It brings its own.
      unrepresentable: ({ path }) => (path.at(-1) === 'buckets' ? 'any' : 'throw'),
    }),
  };
}

/** The text of docs/report-v1.schema.json. */
export function renderReportJsonSchema(reportSchema: z.ZodType): string {
  return `${JSON.stringify(reportJsonSchema(reportSchema), null, 2)}\n`;
}

/** The text of docs/report-format.md: path, type, unit and meaning of every field. */
export function renderReportFormat(reportSchema: z.ZodType): string {
  const schema = reportJsonSchema(reportSchema) as JsonSchema;
  const sections = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    [`## \`${name}\``, '', field.description ?? '', '', ...table(name, field)].join('\n'),
  );
  const definitions = Object.entries(schema.$defs ?? {}).map(([name, definition]) =>
    [
      `### ${name}`,
      '',
      ...(definition.description === undefined ? [] : [definition.description, '']),
      ...table('', definition),
    ].join('\n'),
  );
  return `${[INTRODUCTION, ...sections, '## Types', ...definitions].join('\n\n')}\n`;
}

const INTRODUCTION = `# The report, version 1

\`report.json\` is what a run leaves behind. This page is generated from the schema that the suite's
own types come from (\`npm run docs\`); the same as [JSON Schema](report-v1.schema.json).

Within version 1 fields are only added: ignore those that you do not know, and refuse a
\`schemaVersion\` that does not begin with \`1.\`. These paths are fixed, script against them:
\`run.verdict\`, \`run.reasons\`, \`requests.total\`, \`requests.rps\`, \`requests.successRatio\`,
\`requests.outcomes.<outcome>\`, \`latencyMs.all.p50\` (and \`mean\`, \`min\`, \`p90\`, \`p95\`, \`p99\`, \`p999\`,
\`max\`; the same under \`latencyMs.success\` and \`latencyMs.byOutcome.<outcome>\`), \`windows\`, \`answers\`,
\`lambda\`, \`generator\`, \`thresholds\`.

\`\`\`sh
jq -r '.run.verdict, .requests.successRatio, .latencyMs.success.p95' results/*/report.json
\`\`\`

How the verdict comes about:

- Success is over the orders that were *offered*: dropped and unresolved orders count as not served.
- The latency SLO is judged on created and duplicate orders, with each timeout as an observation at
  the request timeout; \`thresholds\` has that figure, \`latencyMs.success\` the one without timeouts.
- A run that proves nothing is \`invalid\`: no order started, telemetry missing or cut off, an
  exception in every iteration, no answer at all, a saturated generator, a killed k6, or dropped
  orders that the target does not explain. \`run.reasons\` says which, and what to do.
- \`ramp\` and \`breakpoint\` are judged step by step ([ramp.md](ramp.md)): \`answers\` decides, and
  \`thresholds\` only tells of the whole run.`;

function table(path: string, schema: JsonSchema): string[] {
  const rows = fieldRows(path, schema);
  if (rows.length === 0) return [`Type: ${typeOf(schema)}`];
  return ['| path | type | unit | meaning |', '|---|---|---|---|', ...rows];
}

function fieldRows(path: string, schema: JsonSchema): string[] {
  const { properties } = schema;
  if (properties === undefined) {
    return schema.items?.properties === undefined ? [] : fieldRows(`${path}[]`, schema.items);
  }
  return Object.entries(properties).flatMap(([name, field]) => {
    const fieldPath = path === '' ? name : `${path}.${name}`;
    const optional = schema.required?.includes(name) === true ? '' : ', optional';
    const row = `| \`${fieldPath}\` | ${cell(typeOf(field) + optional)} | ${field.unit ?? ''} | ${cell(field.description ?? '')} |`;
    return [row, ...fieldRows(fieldPath, field)];
  });
}

function typeOf(schema: JsonSchema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace(/.*\//, '');
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(typeOf).join(', ')}]`;
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  if (schema.type === undefined) return 'any JSON';
  return typeof schema.type === 'string' ? schema.type : schema.type.join(' or ');
}

const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
