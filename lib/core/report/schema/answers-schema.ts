import { z } from 'zod';

/** One key per question; a key is there when the scenario has that answer. */
export const answersSchema = z
  .object({})
  .describe(
    'Answers to the question that the scenario was run for. A key is there when the scenario has that answer.',
  );

export type Answers = z.infer<typeof answersSchema>;
