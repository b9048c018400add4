import { renderFormat, renderJsonSchema } from '../report/render-format-docs.ts';
import { tuneSchema } from './schema/tune-schema.ts';

/** The text of docs/tune-v1.schema.json. */
export function renderTuneJsonSchema(): string {
  return renderJsonSchema(tuneSchema, 'Result of a sweep v1');
}

/** The text of docs/tune-format.md. */
export function renderTuneFormat(): string {
  return renderFormat(tuneSchema, INTRODUCTION);
}

const INTRODUCTION = `# The result of a sweep, version 1

\`tune.json\` is the result of \`npm run tune:power\` and \`npm run tune:batch\`. This page lists its fields, and is
generated from the schema that the suite's own types derive from (\`npm run docs\`). There is also a
[JSON Schema](tune-v1.schema.json).

Within version 1, fields are only added: ignore fields that you do not know, and refuse a \`tuneVersion\` that does not
begin with \`1.\`. Scripts can rely on these paths: \`kind\`, \`run.status\`, \`power.choice.outcome\`,
\`power.choice.chosen\`, \`power.choice.notToldApart\`, \`power.choice.reason\`, \`power.sizes[]\` with \`memoryMb\`,
\`architecture\`, \`status\`, \`durationMs\`, \`p95Ms\` and \`costPerMillionUsd\`; the same under \`batch.choice\`, and
\`batch.cells[]\` with \`batchSize\`, \`windowSeconds\`, \`status\` and \`load\`.

<!-- not run: needs the result of a sweep -->

\`\`\`sh
jq -r '.power.choice | .outcome, .chosen.memoryMb, .reason' results/tune/*/tune.json
\`\`\`

How its figures are made:

- Every estimate is the geometric mean over rounds, with a 95% interval; null ends mean that there were too few rounds
  for one ([method](method/tune.md)).
- \`power.powerTuning[].output\` is what aws-lambda-power-tuning would print: its arithmetic, its prices, all invocations
  with their cold starts. The figures in \`power.sizes\` are our own: warm invocations, today's prices, and the price of
  the request.
- A size or cell that is \`failed\` or \`missing\` has no figures, and cannot be chosen.`;
