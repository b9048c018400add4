import type { RunSubject } from './run-summary.ts';

/** What was run against what, as one phrase; `escaped` makes each part fit where it is shown. */
export function subjectText(
  { scenario, profile, label, target, url, release }: RunSubject,
  escaped: (text: string) => string,
): string {
  const named = label === null ? '' : ` (${escaped(label)})`;
  const version = release === null ? '' : `, release ${escaped(release)}`;
  return `${escaped(scenario)} ${escaped(profile)}${named} against ${escaped(target)} ${escaped(url)}${version}`;
}
