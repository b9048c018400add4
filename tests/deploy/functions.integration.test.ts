import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunction, functionEntries } from './bundle-function.ts';
import { readTemplate } from './read-template.ts';

/** Cold starts grow with the code that is loaded: the SDK alone is about 330 kB minified. */
const MAX_BYTES = 600_000;

const TEMPLATE = readTemplate();
const ENTRIES = functionEntries();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'order-load-bundle-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Loads a bundle as Lambda does, in a process that has only what Lambda gives it. */
function typeOfHandler(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const program = 'process.stdout.write(typeof require(process.argv[1]).handler)';
  const env = { PATH: process.env['PATH'] ?? '', AWS_REGION: 'eu-west-1', ...environment };
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['-e', program, file], { env, cwd: folder });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk));
    child.once('error', fail);
    child.once('close', (exitCode) => done({ exitCode, output }));
  });
}

/** Variables that the template sets on a function, each with some value. */
function variablesOf(name: string): Record<string, string> {
  const own = TEMPLATE.Resources[name]?.Properties['Environment']?.Variables ?? {};
  const names = Object.keys({ ...TEMPLATE.Globals.Function['Environment'].Variables, ...own });
  return Object.fromEntries(names.map((variable) => [variable, 'some']));
}

describe.each(ENTRIES)('$entry', (entry) => {
  it('bundles into a small file that loads with the variables of the template', async () => {
    const file = await bundleFunction(entry, folder);
    const { size } = await stat(file);
    expect(size).toBeLessThan(MAX_BYTES);
    const loaded = await typeOfHandler(file, variablesOf(entry.name));
    expect(loaded).toEqual({ exitCode: 0, output: 'function' });
  });
});

it('a function that lacks a variable does not load', async () => {
  const entry = ENTRIES.find(({ name }) => name === 'GetOrder');
  if (entry === undefined) throw new Error('the template has no GetOrder');
  const { exitCode } = await typeOfHandler(await bundleFunction(entry, folder), {});
  expect(exitCode).not.toBe(0);
});
