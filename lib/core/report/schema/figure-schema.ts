import * as z from 'zod';

export const figureSchema = z
  .object({
    value: z.number().nullable().describe('The value, or null if absent.'),
    unit: z.string().describe('Unit of the value.'),
    source: z
      .enum(['measured', 'derived', 'absent'])
      .describe(
        'measured: by the client or the platform. derived: computed from measured figures, see `note`. absent: not known.',
      ),
    note: z.string().describe('Source of the value, or why it is absent.'),
  })
  .meta({ id: 'Figure' });

export type Figure = z.infer<typeof figureSchema>;
