import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import type { Env } from '../../core/config/env.ts';
import type { DoctorFinding } from './finding.ts';

const COMFORTABLE_CORES = 2;
const COMFORTABLE_MEMORY_BYTES = 1e9;

/** Whether this Node is at least the version that `engines` requires (`>=20.19.0`). */
export function nodeFinding(version: string, engines: string): DoctorFinding {
  const wanted = /^>=\s*(\d+\.\d+\.\d+)$/.exec(engines)?.[1];
  if (wanted === undefined) throw new Error(`engines.node is not of the form >=x.y.z: ${engines}`);
  const isEnough = version.localeCompare(wanted, 'en', { numeric: true }) >= 0;
  return {
    name: 'node',
    status: isEnough ? 'ok' : 'missing',
    isRequired: true,
    detail: `${version}, required: ${engines}`,
    ...(isEnough ? {} : { mend: `install Node ${wanted} or newer (nvm install)` }),
  };
}

/** Whether a server can listen on loopback, as the telemetry receiver and the embedded order API do. */
export async function loopbackFinding(): Promise<DoctorFinding> {
  const common = { name: 'loopback', isRequired: true };
  const problem = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.message));
    server.listen(0, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
  return problem === undefined
    ? { ...common, status: 'ok', detail: 'servers can listen on 127.0.0.1' }
    : {
        ...common,
        status: 'missing',
        detail: `no server can listen on 127.0.0.1 (${problem})`,
        mend: 'bring up the loopback interface, or allow listening in this sandbox',
      };
}

/** Whether the machine is large enough for the generator and the embedded order API. */
export function capacityFindings(
  cores: number = availableParallelism(),
  memoryBytes: number = process.availableMemory(),
): DoctorFinding[] {
  const coresEnough = cores >= COMFORTABLE_CORES;
  const memoryEnough = memoryBytes >= COMFORTABLE_MEMORY_BYTES;
  return [
    {
      name: 'cores',
      status: coresEnough ? 'ok' : 'warn',
      isRequired: false,
      detail: String(cores),
      ...(coresEnough ? {} : { mend: 'lower --rate: with one core the generator saturates early' }),
    },
    {
      name: 'memory',
      status: memoryEnough ? 'ok' : 'warn',
      isRequired: false,
      detail: `${(memoryBytes / 1e9).toFixed(1)} GB available`,
      ...(memoryEnough ? {} : { mend: 'free some, or lower --max-in-flight' }),
    },
  ];
}

/** The proxies that are set, without passwords. */
export function proxyFinding(env: Env): DoctorFinding {
  const set = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY']
    .flatMap((name) => [name, name.toLowerCase()])
    .filter((name) => (env[name] ?? '') !== '');
  const proxies = set.filter((name) => name.toUpperCase() !== 'NO_PROXY');
  const broken = proxies.filter((name) => !isProxyUrl(env[name] ?? ''));
  const shown = set.map((name) => `${name}=${hideCredentials(env[name] ?? '')}`).join(' ');
  return {
    name: 'proxies',
    status: proxies.length === 0 ? 'ok' : 'warn',
    isRequired: false,
    detail: set.length === 0 ? 'none set' : shown,
    ...(proxies.length === 0
      ? {}
      : broken.length > 0
        ? { mend: `${broken.join(', ')} is not a URL like http://proxy:3128` }
        : { mend: 'add the target to NO_PROXY, otherwise the measurements include the proxy' }),
  };
}

/** Go treats a proxy without a scheme as http. */
function isProxyUrl(value: string): boolean {
  return URL.canParse(/^[a-z0-9+.-]+:\/\//i.test(value) ? value : `http://${value}`);
}

function hideCredentials(value: string): string {
  return value.replace(/^([a-z0-9+.-]+:\/\/)?[^@]*@/i, '$1***@');
}
