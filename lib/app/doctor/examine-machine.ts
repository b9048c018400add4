import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors/user-error.ts';
import { certificateFindings } from '../../node/doctor/certificate-findings.ts';
import type { DoctorFinding } from '../../node/doctor/finding.ts';
import { resultsFindings, whyNotWritable } from '../../node/doctor/folder-findings.ts';
import { k6Finding } from '../../node/doctor/k6-finding.ts';
import {
  connectionFindings,
  cpuQuotaFinding,
  systemFinding,
} from '../../node/doctor/limit-findings.ts';
import {
  capacityFindings,
  loopbackFinding,
  nodeFinding,
  proxyFinding,
} from '../../node/doctor/machine-findings.ts';
import { goFinding, toolFindings } from '../../node/doctor/tool-findings.ts';
import { findGo, type GoToolchain } from '../../node/provision/build-k6.ts';
import { whyNotDownloadable } from '../../node/provision/download-k6.ts';
import { findK6, k6CacheFolder } from '../../node/provision/find-k6.ts';
import { K6_VERSION } from '../../node/provision/k6-release.ts';
import { readCpuQuota } from '../../node/run/cpu-quota.ts';
import { readMachineLimits } from '../../node/run/machine-limits.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface ExamineOptions {
  /** Folder of the suite. */
  readonly root: string;
  readonly env: Env;
  /** Folder for results. */
  readonly out: string;
}

/** Checks everything that a run needs. */
export async function examineMachine({ root, env, out }: ExamineOptions): Promise<DoctorFinding[]> {
  // A toolchain that Go would have to download first does not count as installed.
  const go = await findGo({ ...env, GOTOOLCHAIN: 'local' });
  return [
    systemFinding(process.platform),
    nodeFinding(process.versions.node, await readEngines(root)),
    await examineK6(go, env),
    goFinding(go),
    ...(await resultsFindings(out)),
    await loopbackFinding(),
    ...capacityFindings(),
    cpuQuotaFinding(await readCpuQuota()),
    ...connectionFindings(await readMachineLimits()),
    proxyFinding(env),
    ...(await certificateFindings(env, Date.now())),
    ...(await toolFindings(env['PATH'] ?? '')),
  ];
}

async function examineK6(go: GoToolchain, env: Env): Promise<DoctorFinding> {
  try {
    const { found } = await findK6({ env, say: () => undefined });
    const pinnedVersion = K6_VERSION;
    return k6Finding({
      found,
      cacheProblem: await whyNotWritable(k6CacheFolder({ env })),
      downloadProblem: found === undefined ? await whyNotDownloadable(env) : undefined,
      goProblem: 'problem' in go ? go.problem : undefined,
      pinnedVersion,
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { name: 'k6', status: 'missing', isRequired: true, detail: error.message };
  }
}

async function readEngines(root: string): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  return (JSON.parse(text) as { engines: { node: string } }).engines.node;
}
