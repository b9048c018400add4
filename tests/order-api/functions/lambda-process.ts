import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../../..');

/** What a runtime does with a deployed module: loads it, then hands it one event after the other. */
const RUNTIME = `
const { handler } = require(process.argv[2]);
process.on('message', async ({ event, context }) => {
  try {
    process.send({ result: await handler(event, context) });
  } catch (error) {
    process.send({ error: String(error) });
  }
});
process.send('ready');
`;

export interface LambdaProcess {
  invoke<R>(event: unknown): Promise<R>;
  /** Lines on stdout so far. */
  printed(): string[];
  stop(): Promise<void>;
}

const BUNDLES = await mkdtemp(join(tmpdir(), 'functions-'));

export async function removeBundles(): Promise<void> {
  await rm(BUNDLES, { recursive: true, force: true });
}

/** Bundles functions as the SAM template does. Gives the path of each. */
export async function bundleFunctions(names: readonly string[]): Promise<(name: string) => string> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => `order-api/functions/${name}.ts`),
    outdir: BUNDLES,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
  });
  await writeFile(join(BUNDLES, 'runtime.cjs'), RUNTIME);
  return (name) => join(BUNDLES, `${name}.js`);
}

/** One execution environment: a process that has only the environment Lambda would give it. */
export async function startLambda(
  bundle: string,
  env: Readonly<Record<string, string>>,
): Promise<LambdaProcess> {
  const child = fork(join(BUNDLES, 'runtime.cjs'), [bundle], {
    execArgv: [],
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_STREAM_NAME:
        '2026/10/08/create-order[$LATEST]22be53a8cfde4e68b844f8ec293b2543',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const exited = once(child, 'exit');
  const next = async () => {
    const [message] = await Promise.race([
      once(child, 'message'),
      exited.then(() => {
        throw new Error(`the function's process ended: ${stderr}`);
      }),
    ]);
    return message as unknown;
  };
  await next();
  return {
    async invoke<R>(event: unknown) {
      const context = {
        functionName: 'orders-CreateOrder-1A2B',
        memoryLimitInMB: '1024',
        awsRequestId: 'request',
      };
      child.send({ event, context });
      const { result, error } = (await next()) as { result: R; error?: string };
      if (error !== undefined) throw new Error(error);
      return result;
    },
    printed: () => stdout.split('\n').filter((line) => line !== ''),
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
