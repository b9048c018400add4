import picocolors from 'picocolors';

/** What the doctor found about one thing. */
export interface DoctorFinding {
  readonly name: string;
  /** `warn`: a run works, but with a limitation; `missing`: not there, or not usable. */
  readonly status: 'ok' | 'warn' | 'missing';
  /** Whether a run needs it. */
  readonly isRequired: boolean;
  /** What is there, in one line. */
  readonly detail: string;
  /** How to mend it, in one line; absent when nothing is to be mended. */
  readonly mend?: string;
}

/** Whether a run would work: nothing that it needs is missing. */
export function wouldRun(findings: readonly DoctorFinding[]): boolean {
  return findings.every(({ isRequired, status }) => !isRequired || status !== 'missing');
}

/** The findings as text for a terminal, one line each, then what they come to. */
export function renderFindings(findings: readonly DoctorFinding[], useColor: boolean): string {
  const colors = picocolors.createColors(useColor);
  const paint = { ok: colors.green, warn: colors.yellow, missing: colors.red };
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.map(({ name, status, isRequired, detail, mend }) => {
    const optional = status === 'missing' && !isRequired ? ' (optional)' : '';
    const color = optional === '' ? paint[status] : colors.yellow;
    const cure = mend === undefined ? '' : `; to mend it: ${mend}`;
    return `${color(status.padEnd(7))}  ${name.padEnd(width)}  ${detail}${optional}${cure}`;
  });
  const broken = findings.filter((f) => f.isRequired && f.status === 'missing');
  const conclusion =
    broken.length === 0
      ? 'A run would work: npm run load:smoke'
      : `A run would not work; mend first: ${broken.map(({ name }) => name).join(', ')}`;
  return `${[...lines, conclusion].join('\n')}\n`;
}
