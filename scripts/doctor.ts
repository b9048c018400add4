import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { runMain } from '../lib/app/cli/run-main.ts';
import { streamColors } from '../lib/app/cli/stream-colors.ts';
import { EXIT, UserError } from '../lib/core/config/user-error.ts';
import { certificateFindings } from '../lib/node/doctor/certificate-findings.ts';
import { type DoctorFinding, renderFindings, wouldRun } from '../lib/node/doctor/finding.ts';
import { resultsFindings, whyNotWritable } from '../lib/node/doctor/folder-findings.ts';
import { k6Finding } from '../lib/node/doctor/k6-finding.ts';
import {
  connectionFindings,
  cpuQuotaFinding,
  systemFinding,
} from '../lib/node/doctor/limit-findings.ts';
import {
  capacityFindings,
  loopbackFinding,
  nodeFinding,
  proxyFinding,
} from '../lib/node/doctor/machine-findings.ts';
import { goFinding, toolFindings } from '../lib/node/doctor/tool-findings.ts';
import { findGo, type GoToolchain } from '../lib/node/provision/build-k6.ts';
import { whyNotDownloadable } from '../lib/node/provision/download-k6.ts';
import { findK6, k6CacheFolder } from '../lib/node/provision/find-k6.ts';
import { K6_VERSION } from '../lib/node/provision/k6-release.ts';
import { readCpuQuota } from '../lib/node/run/cpu-quota.ts';
import { readMachineLimits } from '../lib/node/run/machine-limits.ts';

runMain(process, async () => {
  const options = new Command('doctor')
    .description('Says what a run needs, what of it is there, and how to mend what is missing.')
    .option('--json', 'print the findings as JSON (for another program: npm run -s)')
    .option('--out <folder>', 'the folder that results would go to', 'results')
    .addHelpText('after', '\nExit codes: 0 a run would work, 2 usage error, 4 a run would not work')
    .exitOverride()
    .parse()
    .opts<{ json?: true; out: string }>();

  const env = process.env;
  // A toolchain that Go would have to download first does not count as there.
  const go = await findGo({ ...env, GOTOOLCHAIN: 'local' });
  const findings: DoctorFinding[] = [
    systemFinding(process.platform),
    nodeFinding(process.versions.node, await readEngines()),
    await examineK6(go),
    goFinding(go),
    ...(await resultsFindings(options.out)),
    await loopbackFinding(),
    ...capacityFindings(),
    cpuQuotaFinding(await readCpuQuota()),
    ...connectionFindings(await readMachineLimits()),
    proxyFinding(env),
    ...(await certificateFindings(env, Date.now())),
    ...(await toolFindings(env['PATH'] ?? '')),
  ];
  const ok = wouldRun(findings);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ ok, findings }, null, 2)}\n`
      : renderFindings(findings, streamColors(process.stdout, env)),
  );
  return ok ? EXIT.pass : EXIT.environment;
});

async function examineK6(go: GoToolchain): Promise<DoctorFinding> {
  const env = process.env;
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

async function readEngines(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { engines: { node: string } }).engines.node;
}
