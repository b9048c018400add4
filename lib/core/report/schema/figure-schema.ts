import * as z from 'zod';

export const figureSchema = z
  .object({
    value: z.number().nullable().describe('The figure, or null when absent.'),
    unit: z.string().describe('Its unit.'),
    source: z
      .enum(['measured', 'derived', 'absent'])
      .describe(
        'measured: seen by the client or the platform. derived: computed from measured figures, see `note`. absent: not known.',
      ),
    note: z.string().describe('Where it comes from, or why it is absent.'),
  })
  .meta({ id: 'Figure' });

export type Figure = z.infer<typeof figureSchema>;
