import { questionOf } from '../../../questions/registry.ts';
import type { Report } from '../../report/schema/report-schema.ts';

/**
 * Whether a run is there to measure a limit: its load rises until the SLO is missed, so a figure beyond the SLO is what
 * it looks for.
 */
export function isMeasuring({ run }: { readonly run: Pick<Report['run'], 'scenario'> }): boolean {
  return questionOf(run.scenario)?.profile.traits.judgedBy === 'step';
}
