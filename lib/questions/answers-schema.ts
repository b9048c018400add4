import * as z from 'zod';
import { ANSWER_RULES, type QUESTIONS } from './registry.ts';

type Rules = Extract<(typeof QUESTIONS)[number], { readonly answer: unknown }>['answer'];
type Shape = {
  [Key in Rules['key']]: z.ZodOptional<Extract<Rules, { readonly key: Key }>['schema']>;
};

/** One key per question; present if the scenario has that answer. */
export const answersSchema = z
  .object(
    Object.fromEntries(ANSWER_RULES.map(({ key, schema }) => [key, schema.optional()])) as Shape,
  )
  .describe(
    'Answers to the question that the scenario was run for. A key is present if the scenario has that answer.',
  );

export type Answers = z.infer<typeof answersSchema>;
