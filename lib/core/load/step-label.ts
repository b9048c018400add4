/** The name of a step or of a refinement as people say it: "step 3", "refinement 1". Other names stay as they are. */
export function stepLabel(name: string): string {
  return name.replace(/^step-(?=\d+$)/, 'step ').replace(/^refine-(?=\d+$)/, 'refinement ');
}
