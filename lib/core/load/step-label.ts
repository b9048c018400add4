/**
 * The name of a stage of the load as people say it: "step 3", "step 3, settling", "refinement 1", "round 2, A". Other
 * names stay as they are.
 */
export function stepLabel(name: string): string {
  const label = name
    .replace(/^step-(?=\d)/, 'step ')
    .replace(/^refine-(?=\d)/, 'refinement ')
    .replace(
      /^r(\d+)-([ab])(?=-|$)/,
      (_, round: string, arm: string) => `round ${round}, ${arm.toUpperCase()}`,
    );
  return label === name ? name : label.replace(/-settling$/, ', settling');
}
