import type { Headline } from '../../text/statement.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';

/** What a sweep says. No text is escaped. */
export interface TuneSummary {
  readonly headline: Headline;
}

export function tuneSummary({ power, batch }: TuneResult): TuneSummary {
  const reason = (power ?? batch)?.choice.reason ?? '';
  return { headline: { tone: 'measured', word: 'Measured', reason, others: [], next: [] } };
}
