import * as z from 'zod';

/** An estimate with its 95% interval. */
export function estimate(meaning: string, unit: string) {
  return z
    .object({
      value: z.number().describe('Best estimate.').meta({ unit }),
      low: z
        .number()
        .nullable()
        .describe('Lower end of the 95% interval; null if there are too few rounds for one.')
        .meta({ unit }),
      high: z.number().nullable().describe('Upper end of it.').meta({ unit }),
    })
    .describe(meaning);
}

export type Estimate = z.infer<ReturnType<typeof estimate>>;
