import type { z } from 'zod';
import { baseReportSchema } from '../core/report/schema/report-schema.ts';
import { answersSchema } from './answers-schema.ts';

/** The single source of report v1: types, JSON Schema and docs/report-format.md derive from it. */
export const reportSchema = baseReportSchema
  .extend({ answers: answersSchema })
  .describe('Report of one run.');

/** A report with its answers. */
export type AnsweredReport = z.infer<typeof reportSchema>;
