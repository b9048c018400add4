/** Whether the first step of a rising load met the SLO, as a JUnit test case. */
export function firstStepCase({ status, why }: { readonly status: string; readonly why: string }): {
  readonly name: string;
  readonly state: 'ok' | 'broken' | 'open';
  readonly text: string;
} {
  const result = status === 'belowFirstStep' ? 'broken' : 'ok';
  const state = status === 'notDetermined' ? 'open' : result;
  return { name: 'the first step is within the SLO', state, text: why };
}
