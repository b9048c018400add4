import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepSettings, readSettings } from '../../../lib/app/tune/keep-settings.ts';
import { UserError } from '../../../lib/core/errors/user-error.ts';
import type { FunctionState, PlatformControl } from '../../../lib/core/lambda/platform-control.ts';

let cwd: string;
let home: string;
beforeEach(async () => {
  home = process.cwd();
  cwd = await mkdtemp(path.join(tmpdir(), 'keep-settings-'));
  process.chdir(cwd);
});
afterEach(async () => {
  process.chdir(home);
  await rm(cwd, { recursive: true });
});

const STATE: FunctionState = {
  memoryMb: 768,
  architecture: 'x86',
  timeoutMs: 3000,
  reservedConcurrency: null,
  alias: null,
};

/** A platform of one function. */
function platformOf(restore: () => void = () => undefined) {
  let state = STATE;
  const control = {
    address: { platform: 'aws', region: 'eu-west-1', endpoint: null },
    readFunction: async () => state,
    changeFunction: async (_: string, change: Partial<FunctionState>) => {
      state = { ...state, ...change };
    },
    restoreFunction: async (_: string, before: FunctionState) => {
      restore();
      state = before;
    },
  } as Partial<PlatformControl> as PlatformControl;
  return { control, isEmbedded: false, state: () => state };
}

const journals = () => readdir('results/tune/journal').catch(() => []);

async function keep(platform: ReturnType<typeof platformOf>, work: () => Promise<string>) {
  const said: string[] = [];
  const before = await readSettings(platform.control, { functions: ['f'], mappings: [] });
  const say = (line: string) => void said.push(line);
  return { ...(await keepSettings({ id: 'a', platform, before, say }, work)), said };
}

describe('keepSettings', () => {
  it('keeps a journal while settings are changed, and puts them back', async () => {
    const platform = platformOf();
    const { value, restored } = await keep(platform, async () => {
      await platform.control.changeFunction('f', { memoryMb: 128 });
      expect(await journals()).toEqual(['a.json']);
      return 'done';
    });
    expect({ value, restored }).toEqual({ value: 'done', restored: true });
    expect(platform.state()).toEqual(STATE);
    expect(await journals()).toEqual([]);
  });

  it('puts them back if the work fails', async () => {
    const platform = platformOf();
    const failing = keep(platform, async () => {
      await platform.control.changeFunction('f', { memoryMb: 128 });
      throw new TypeError('a bug');
    });
    await expect(failing).rejects.toThrow('a bug');
    expect(platform.state()).toEqual(STATE);
    expect(await journals()).toEqual([]);
  });

  it('keeps the journal of what could not be put back, and says what it was', async () => {
    const platform = platformOf(() => {
      throw new UserError('E_PLATFORM_DENIED', 'no permission', 4);
    });
    const { restored, said } = await keep(platform, async () => 'done');
    expect(restored).toBe(false);
    expect(said.join()).toMatch(/no permission.*768 MB/);
    expect(await journals()).toEqual(['a.json']);
  });

  it('changes nothing of an embedded order API back, which ends with the sweep', async () => {
    const platform = { ...platformOf(), isEmbedded: true };
    await keep(platform, async () => {
      await platform.control.changeFunction('f', { memoryMb: 128 });
      expect(await journals()).toEqual([]);
      return 'done';
    });
    expect(platform.state().memoryMb).toBe(128);
  });
});
