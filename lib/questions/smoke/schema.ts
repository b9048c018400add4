import * as z from 'zod';
import type { ContractRecord } from '../../core/order/contract-record.ts';
import { CONTRACT_ROWS } from '../../core/order/contract-terms.ts';
import { CONTRACT_VERDICTS } from '../../core/order/judge-contract.ts';
import { count, ms } from '../../core/report/schema/fields.ts';

/** Longer than any text that k6 hands over, with room for what redaction adds. */
const MAX_TEXT = 400;

/** The record of one check, as k6 hands it over. */
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
    row: z.enum(CONTRACT_ROWS).describe('The promise of the contract.'),
    request: z.string().describe('The request.'),
    expected: z.string().describe('The response that the contract requires.'),
    verdict: z
      .enum([...CONTRACT_VERDICTS, 'notChecked'])
      .describe(
        'ok: every response was as expected. broken: at least one was not. notOffered: the target lacks this optional route, or the config says that it does not make this promise. notApplicable: the order mapping of this run does not define the expected response. notChecked: the run ended first, or the target had stopped responding.',
      ),
    note: z.string().describe('Why this promise was not checked.').optional(),
    checked: count('Requests of this row that were judged.'),
    planned: count('Requests of this row that were planned.'),
    broken: z
      .array(
        z.object({
          name: z.string().describe('What was special about the request.'),
          got: z.string().describe('The actual response, at most 200 characters of it.'),
        }),
      )
      .readonly()
      .describe('Actual responses to up to ten requests that broke the promise.'),
    brokenCount: count('Requests that broke the promise.'),
  })
  .meta({ id: 'ContractRow' });

export const contractSchema = z
  .object({
    requests: count(
      'Requests that the checks took. They are excluded from all other figures of the report.',
    ),
    idPrefix: z.string().describe('Prefix of the ids of orders that the checks may have stored.'),
    latencyFloorMs: ms.orNull(
      'Latency of the fastest stored order of the whole run, including the checks. Null if none was stored.',
    ),
    refused: z
      .string()
      .describe(
        'Response with which the API refused the credentials of the first check. Then refused requests are not judged. Absent otherwise.',
      )
      .optional(),
    rows: z.array(contractRowSchema).readonly().describe('Every promise of the contract.'),
  })
  .describe('smoke: does the target keep the contract of the order API?');

export type ContractAnswers = z.infer<typeof contractSchema>;
