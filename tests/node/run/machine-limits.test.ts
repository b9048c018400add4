import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseOpenFilesLimit, readMachineLimits } from '../../../lib/node/run/machine-limits.ts';

let proc = '';
beforeEach(async () => {
  proc = await mkdtemp(path.join(tmpdir(), 'machine-limits-'));
});
afterEach(() => rm(proc, { recursive: true }));

async function write(name: string, text: string): Promise<void> {
  const file = path.join(proc, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

const limitsText = (soft: string, hard: string) =>
  [
    'Limit                     Soft Limit           Hard Limit           Units     ',
    'Max processes             96365                96365                processes ',
    `Max open files            ${soft.padEnd(20)} ${hard.padEnd(20)} files     `,
    'Max file locks            unlimited            unlimited            locks     ',
    '',
  ].join('\n');

it.each([
  ['the hard limit', limitsText('1024', '1048576'), 1_048_576],
  ['no limit', limitsText('1024', 'unlimited'), null],
  ['a text without the line', 'Max processes 1 2 processes\n', null],
  ['nothing', '', null],
])('takes %s of open files', (_, text, expected) => {
  expect(parseOpenFilesLimit(text)).toBe(expected);
});

it('reads descriptors and local ports, both ends of their range included', async () => {
  await write('self/limits', limitsText('1024', '4096'));
  await write('sys/net/ipv4/ip_local_port_range', '32768\t60999\n');
  expect(await readMachineLimits(proc)).toEqual({ descriptors: 4096, localPorts: 28_232 });
});

it('does not know how many ports there are where the range cannot be read', async () => {
  await write('sys/net/ipv4/ip_local_port_range', 'garbled\n');
  expect(await readMachineLimits(proc)).toMatchObject({ localPorts: null });
});

it('asks a shell for the limit where the system has no /proc', async (context) => {
  if (process.platform === 'win32') context.skip('Windows has no limit of open files');
  const hard = execFileSync('/bin/sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  const descriptors = hard === 'unlimited' ? null : Number(hard);
  expect(await readMachineLimits(proc)).toEqual({ descriptors, localPorts: null });
});

it('reads the limits that a process started from here has on this machine', async (context) => {
  if (process.platform !== 'linux') context.skip('only Linux tells its limits in /proc');
  const script = 'ulimit -Hn; cat /proc/sys/net/ipv4/ip_local_port_range';
  const shown = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  const [hard = NaN, first = NaN, last = NaN] = shown.trim().split(/\s+/).map(Number);
  expect(await readMachineLimits()).toEqual({ descriptors: hard, localPorts: last - first + 1 });
});
