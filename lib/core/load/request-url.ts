import type { LoadPlan } from './load-plan.ts';

/** The URL of a path below a plan's target, with the query that every request carries. */
export function requestUrl(
  { target, query }: Pick<LoadPlan, 'target' | 'query'>,
  path: string,
): string {
  return query ? `${target}${path}?${query}` : `${target}${path}`;
}
