import type { DoctorFinding } from './finding.ts';

/** A burst of some hundred orders per second easily has this many in flight; over HTTP/1 each takes a file and a port. */
const COMFORTABLE_DESCRIPTORS = 4096;
const COMFORTABLE_PORTS = 10_000;
const COMFORTABLE_CPUS = 2;

/** How many orders over HTTP/1 this machine's limits allow in flight; null if not known. */
export function connectionFindings(limits: {
  readonly descriptors: number | null;
  readonly localPorts: number | null;
}): DoctorFinding[] {
  return [
    limitFinding('descriptors', limits.descriptors, COMFORTABLE_DESCRIPTORS, {
      what: 'files and connections can be open at once',
      mend: 'raise the limit (ulimit -n, --ulimit nofile in a container), or keep --max-in-flight below it',
    }),
    limitFinding('local ports', limits.localPorts, COMFORTABLE_PORTS, {
      what: 'connections can start here at once',
      mend: 'widen the range (sysctl net.ipv4.ip_local_port_range="1024 65535"), or keep --max-in-flight below it',
    }),
  ];
}

function limitFinding(
  name: string,
  limit: number | null,
  comfortable: number,
  { what, mend }: { readonly what: string; readonly mend: string },
): DoctorFinding {
  const common = { name, isRequired: false };
  if (limit === null) return { ...common, status: 'ok', detail: 'not limited, or not known here' };
  const isEnough = limit >= comfortable;
  return {
    ...common,
    status: isEnough ? 'ok' : 'warn',
    detail: `${limit} ${what}`,
    ...(isEnough ? {} : { mend }),
  };
}

/**
 * Whether a cgroup limits the generator's CPU time.
 * @param cpus number of CPUs that the quota allows; null without one.
 */
export function cpuQuotaFinding(cpus: number | null): DoctorFinding {
  const common = { name: 'cpu quota', isRequired: false };
  if (cpus === null) return { ...common, status: 'ok', detail: 'none, or not known here' };
  const isEnough = cpus >= COMFORTABLE_CPUS;
  return {
    ...common,
    status: isEnough ? 'ok' : 'warn',
    detail: `${Number(cpus.toFixed(2))} CPUs allowed by a cgroup`,
    ...(isEnough
      ? {}
      : {
          mend: 'raise the limit of the container: a generator that is held back starts orders late',
        }),
  };
}

/** Whether the scripts in package.json run here: they need a POSIX shell. */
export function systemFinding(platform: NodeJS.Platform): DoctorFinding {
  const isWindows = platform === 'win32';
  return {
    name: 'system',
    status: isWindows ? 'missing' : 'ok',
    isRequired: true,
    detail: platform,
    ...(isWindows ? { mend: 'run the suite on Linux, on macOS, or in WSL' } : {}),
  };
}
