import picocolors from 'picocolors';

/** The result of one check of the doctor. */
export interface DoctorFinding {
  readonly name: string;
  /** `warn`: a run works, but with a limitation; `missing`: absent or unusable. */
  readonly status: 'ok' | 'warn' | 'missing';
  /** Whether a run needs it. */
  readonly isRequired: boolean;
  /** What was found, in one line. */
  readonly detail: string;
  /** How to fix it, in one line; absent if there is nothing to fix. */
  readonly mend?: string;
}

/** Whether a run would work: nothing it needs is missing. */
export function wouldRun(findings: readonly DoctorFinding[]): boolean {
  return findings.every(({ isRequired, status }) => !isRequired || status !== 'missing');
}

/** The findings as text for a terminal, one line each, and a conclusion. */
export function renderFindings(findings: readonly DoctorFinding[], useColor: boolean): string {
  const colors = picocolors.createColors(useColor);
  const paint = { ok: colors.green, warn: colors.yellow, missing: colors.red };
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.map(({ name, status, isRequired, detail, mend }) => {
    const optional = status === 'missing' && !isRequired ? ' (optional)' : '';
    const color = optional === '' ? paint[status] : colors.yellow;
    const remedy = mend === undefined ? '' : `; to fix it: ${mend}`;
    return `${color(status.padEnd(7))}  ${name.padEnd(width)}  ${detail}${optional}${remedy}`;
  });
  const broken = findings.filter((f) => f.isRequired && f.status === 'missing');
  const conclusion =
    broken.length === 0
      ? 'A run would work: npm run load:smoke'
      : `A run would not work; fix this first: ${broken.map(({ name }) => name).join(', ')}`;
  return `${[...lines, conclusion].join('\n')}\n`;
}
