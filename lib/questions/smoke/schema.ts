import * as z from 'zod';
import type { ContractRecord } from '../../core/order/contract-record.ts';
import { CONTRACT_ROWS } from '../../core/order/contract-terms.ts';
import { CONTRACT_VERDICTS } from '../../core/order/judge-contract.ts';
import { count, ms } from '../../core/report/schema/fields.ts';

/** Longer than any text that the k6 side hands over, with room for what redaction adds. */
const MAX_TEXT = 400;

/** What the k6 side hands over of one check. */
export const contractRecordSchema: z.ZodType<ContractRecord> = z.object({
  check: z.int().nonnegative(),
  requests: z.int().positive(),
  durationMs: z.number().nonnegative(),
  status: z.int().nonnegative().optional(),
  idFrom: z.string().max(MAX_TEXT).optional(),
  results: z
    .array(
      z.object({
        row: z.enum(CONTRACT_ROWS),
        verdict: z.enum(CONTRACT_VERDICTS),
        got: z.string().max(MAX_TEXT),
        refused: z.literal(true).optional(),
      }),
    )
    .readonly(),
});

const contractRowSchema = z
  .object({
    row: z.enum(CONTRACT_ROWS).describe('Which promise of the contract.'),
    request: z.string().describe('What was asked.'),
    expected: z.string().describe('What has to come.'),
    verdict: z
      .enum([...CONTRACT_VERDICTS, 'notChecked'])
      .describe(
        'ok: it came every time. broken: something else came. notOffered: the target has no such route, and need not, or the config says that it makes no such promise. notApplicable: the order mapping of this run leaves open what has to come. notChecked: the run ended before, or the target had stopped answering.',
      ),
    note: z.string().describe('Why nothing was asked for this promise.').optional(),
    checked: count('Requests of this row that were judged.'),
    planned: count('Requests of this row that were planned.'),
    broken: z
      .array(
        z.object({
          name: z.string().describe('What was special about the request.'),
          got: z.string().describe('What came instead, at most 200 characters of it.'),
        }),
      )
      .readonly()
      .describe('What came instead, for up to ten requests that broke the promise.'),
    brokenCount: count('Requests that broke the promise.'),
  })
  .meta({ id: 'ContractRow' });

export const contractSchema = z
  .object({
    requests: count('Requests that the checks took. They are in no other figure of the report.'),
    idPrefix: z
      .string()
      .describe('What the ids of orders begin with that the checks may have stored.'),
    latencyFloorMs: ms.orNull(
      'Latency of the fastest stored order of the whole run, the checks included. Null when none was stored.',
    ),
    refused: z
      .string()
      .describe(
        'What the API answered where it refused the first check for its credentials. Then what it refused is not judged.',
      )
      .optional(),
    rows: z.array(contractRowSchema).readonly().describe('Every promise of the contract.'),
  })
  .describe('smoke: does the target keep the contract of the order API?');

export type ContractAnswers = z.infer<typeof contractSchema>;
