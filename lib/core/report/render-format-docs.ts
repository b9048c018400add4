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

/** A format as JSON Schema (draft 2020-12). Unknown fields are allowed: minor versions add some. */
function jsonSchemaOf(schema: z.ZodType, title: string): Record<string, unknown> {
  return {
    title,
    ...z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io: 'input',
      // It brings its own.
      unrepresentable: ({ path }) => (path.at(-1) === 'buckets' ? 'any' : 'throw'),
    }),
  };
}

/** The text of a JSON Schema file. */
export function renderJsonSchema(schema: z.ZodType, title: string): string {
  return `${JSON.stringify(jsonSchemaOf(schema, title), null, 2)}\n`;
}

/** The text of docs/report-v1.schema.json. */
export function renderReportJsonSchema(reportSchema: z.ZodType): string {
  return renderJsonSchema(reportSchema, 'Report v1');
}

/** The text of docs/report-format.md. */
export function renderReportFormat(reportSchema: z.ZodType): string {
  return renderFormat(reportSchema, INTRODUCTION);
}

/** A page about a format: an introduction, and path, type, unit and meaning of every field. */
export function renderFormat(format: z.ZodType, introduction: string): string {
  const schema = jsonSchemaOf(format, '') as JsonSchema;
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
  return `${[introduction, ...sections, '## Types', ...definitions].join('\n\n')}\n`;
}

const INTRODUCTION = `# The report, version 1

\`report.json\` is the result of a run. This page lists its fields, and is generated from the schema that the
suite's own types derive from (\`npm run docs\`). There is also a [JSON Schema](report-v1.schema.json).

Within version 1, fields are only added: ignore fields that you do not know, and refuse a
\`schemaVersion\` that does not begin with \`1.\`. Scripts can rely on these paths:
\`run.verdict\`, \`run.reasons\`, \`requests.total\`, \`requests.rps\`, \`requests.successRatio\`,
\`requests.outcomes.<outcome>\`, \`latencyMs.all.p50\` (and \`mean\`, \`min\`, \`p90\`, \`p95\`, \`p99\`, \`p999\`,
\`max\`; the same under \`latencyMs.success\` and \`latencyMs.byOutcome.<outcome>\`), \`windows\`, \`answers\`,
\`lambda\`, \`generator\`, \`thresholds\`.

\`\`\`sh
jq -r '.run.verdict, .requests.successRatio, .latencyMs.success.p95' results/*/report.json
\`\`\`

How the verdict is determined:

- Success is stored / *offered*: dropped and unresolved orders count as not stored.
- The latency SLO is judged on created and duplicate orders, and each timeout counts as the request
  timeout. \`thresholds\` has that figure, \`latencyMs.success\` the one without timeouts.
- A run is \`invalid\` if no conclusion can be drawn from it: no order was started, telemetry is missing
  or cut off, every iteration threw an exception, nothing ever answered, the generator was saturated,
  k6 was killed, or dropped or late orders might have changed the verdict. \`run.reasons\` tells which,
  and what to do.
- \`ramp\` and \`breakpoint\` are judged step by step ([ramp.md](ramp.md)): \`answers\` decides, and
  \`thresholds\` only describes the run as a whole.`;

function table(path: string, schema: JsonSchema): string[] {
  const rows = fieldRows(path, schema);
  if (rows.length === 0) return [`Type: ${typeOf(schema)}`];
  return ['| path | type | unit | meaning |', '|---|---|---|---|', ...rows];
}

function fieldRows(path: string, schema: JsonSchema): string[] {
  const { properties } = withoutNull(schema);
  if (properties === undefined) {
    return schema.items?.properties === undefined ? [] : fieldRows(`${path}[]`, schema.items);
  }
  return Object.entries(properties).flatMap(([name, field]) => {
    const fieldPath = path === '' ? name : `${path}.${name}`;
    const optional = withoutNull(schema).required?.includes(name) === true ? '' : ', optional';
    const { unit, description } = { ...withoutNull(field), ...field };
    const row = `| \`${fieldPath}\` | ${cell(typeOf(field) + optional)} | ${unit ?? ''} | ${cell(description ?? '')} |`;
    return [row, ...fieldRows(fieldPath, field)];
  });
}

/** What a schema is if it is not null. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  const [only] = others;
  return others.length === 1 && only !== undefined ? only : schema;
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
