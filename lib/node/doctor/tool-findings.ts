import { which } from 'zx/core';
import type { DoctorFinding } from './finding.ts';

interface OptionalTool {
  readonly name: string;
  /** The commands that will do, the first one found counts. */
  readonly commands: readonly string[];
  readonly mend: string;
}

const OPTIONAL_TOOLS: readonly OptionalTool[] = [
  {
    name: 'chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    mend: 'install Chromium to have the HTML report tested in a browser',
  },
  {
    name: 'cfn-lint',
    commands: ['cfn-lint'],
    mend: 'pip install cfn-lint to have the deployment templates checked',
  },
  {
    name: 'actionlint',
    commands: ['actionlint'],
    mend: 'install actionlint (https://github.com/rhysd/actionlint) to have the workflows checked',
  },
];

/** Looks for the programs that only some checks of the suite itself use; no run needs them. */
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

/** Go, which is needed only where no k6 is there and none can be downloaded. */
export function goFinding(
  go: { readonly path: string; readonly version: string } | { readonly problem: string },
): DoctorFinding {
  const common = { name: 'go', isRequired: false };
  return 'problem' in go
    ? {
        ...common,
        status: 'missing',
        detail: go.problem,
        mend: 'https://go.dev/dl/ has it; it is used only to build k6 where no binary can be had',
      }
    : { ...common, status: 'ok', detail: `${go.version}: ${go.path}` };
}
