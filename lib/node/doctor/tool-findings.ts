import { which } from 'zx/core';
import type { DoctorFinding } from './finding.ts';

interface OptionalTool {
  readonly name: string;
  /** Commands that provide the tool; the first one found counts. */
  readonly commands: readonly string[];
  readonly mend: string;
}

const OPTIONAL_TOOLS: readonly OptionalTool[] = [
  {
    name: 'chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    mend: 'install Chromium to test the HTML report in a browser',
  },
  {
    name: 'cfn-lint',
    commands: ['cfn-lint'],
    mend: 'pip install cfn-lint, to check the deployment templates',
  },
  {
    name: 'actionlint',
    commands: ['actionlint'],
    mend: 'install actionlint (https://github.com/rhysd/actionlint) to check the workflows',
  },
];

/** Looks for programs that only some checks of the suite itself use. No run needs them. */
export async function toolFindings(searchPath: string): Promise<DoctorFinding[]> {
  return Promise.all(
    OPTIONAL_TOOLS.map(async ({ name, commands, mend }) => {
      for (const command of commands) {
        const found = await which(command, { path: searchPath, nothrow: true });
        if (found !== null) return { name, status: 'ok', isRequired: false, detail: found };
      }
      return { name, status: 'missing', isRequired: false, detail: 'not on PATH', mend };
    }),
  );
}

/** Go, which is needed only if k6 is absent and cannot be downloaded. */
export function goFinding(
  go: { readonly path: string; readonly version: string } | { readonly problem: string },
): DoctorFinding {
  const common = { name: 'go', isRequired: false };
  return 'problem' in go
    ? {
        ...common,
        status: 'missing',
        detail: go.problem,
        mend: 'get it from https://go.dev/dl/; it is only used to build k6 if no binary can be downloaded',
      }
    : { ...common, status: 'ok', detail: `${go.version}: ${go.path}` };
}
