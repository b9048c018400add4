import { quantile } from '../../histogram/quantile.ts';
import { OUTCOMES } from '../../order/outcome.ts';
import { formatMsAgainst, formatRatioAgainst } from '../../report/format-figure.ts';
import { servedOf } from '../../report/outcome-counts.ts';
import type { Report } from '../../report/schema/report-schema.ts';

/** Whether one window by itself met the SLO; `none` without any outcome or drop in it. */
export type WindowSlo =
  | { readonly state: 'met' }
  | { readonly state: 'none' }
  /** `why`: what missed its limit, such as "success 60% and p95 1.2 s". */
  | { readonly state: 'missed'; readonly why: string };

/** Each window against the SLO, by the orders whose outcome came in it and those dropped in it. */
export function windowSlos({ windows, load }: Report): readonly WindowSlo[] {
  const { successRatio, p95Ms } = load.slo;
  return windows.map(({ outcomes, dropped, success }) => {
    const orders = OUTCOMES.reduce((sum, name) => sum + outcomes[name], dropped);
    if (orders === 0) return { state: 'none' };
    const stored = servedOf(outcomes) / orders;
    const p95 = quantile(success, 0.95);
    const missed = [
      ...(stored < successRatio ? [`success ${formatRatioAgainst(stored, successRatio)}`] : []),
      ...(p95 !== null && p95 > p95Ms ? [`p95 ${formatMsAgainst(p95, p95Ms)}`] : []),
    ];
    return missed.length === 0 ? { state: 'met' } : { state: 'missed', why: missed.join(' and ') };
  });
}

/** A window's state in its row of a table and in a tooltip. */
export function windowSloText(slo: WindowSlo): string {
  if (slo.state === 'missed') return `missed: ${slo.why}`;
  return slo.state === 'met' ? 'met' : 'no verdict';
}
