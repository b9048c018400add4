import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { transform } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readDeployment } from '../../lib/app/order-api/read-deployment.ts';
import { parseConfigFile } from '../../lib/core/config/config-file-schema.ts';
import { UserError } from '../../lib/core/errors/user-error.ts';
import { bundleScenarios } from '../../lib/node/bundle/bundle-scenario.ts';
import { checkNpmCall, parseNpmCall, ROOT, scriptCommand } from './check-command.ts';
import { parseCommands } from './page-commands.ts';
import { readBlocks, readCommands, readPages } from './pages.ts';
import { treatmentOf } from './runs-of-pages.ts';

const pages = await readPages();
const commands = await readCommands();

it('is said which command prints an output', () => {
  const orphans = pages.flatMap(({ page, text }) =>
    parseCommands(text).orphans.map((line) => `${page}:${line}`),
  );
  expect(orphans).toEqual([]);
});

describe.each(commands)('$place: $command', (placed) => {
  it('is run or read by a test, or the page says why not', async () => {
    expect(await treatmentOf(placed)).not.toBeNull();
  });

  it('is a command line that the suite takes', async () => {
    const call = parseNpmCall(placed.command);
    if (call !== null) await expect(refusalOf(call)).resolves.toBe(placedError(placed.output));
  });
});

/** The line of an error that the page shows. */
function placedError(output: string | null): string | null {
  return output?.startsWith('error [') ? output : null;
}

async function refusalOf(call: Parameters<typeof checkNpmCall>[0]): Promise<string | null> {
  try {
    await checkNpmCall(call);
    return null;
  } catch (error) {
    if (error instanceof UserError) return `error [${error.code}]: ${error.message}`;
    return String(error);
  }
}

const inline = pages.flatMap(({ page, text }) =>
  [...text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/`(npm (?:run|ci|test)[^`]*)`/g)]
    .map(([, command = '']) => ({ page, command: command.replaceAll(/\s+/g, ' ') }))
    .filter(({ command }) => !/[…|]/.test(command)),
);

const inFiles = (await readBlocks('yaml', 'groovy')).flatMap(({ place, text }) =>
  [...text.matchAll(/npm (?:ci\b|run [^'"#&\n]+)/g)].map(([command]) => ({ page: place, command })),
);

it.each([...inline, ...inFiles])('$page: $command is taken by the suite', async ({ command }) => {
  const call = parseNpmCall(command);
  if (call === null) return;
  // A sentence may name a command without what it needs.
  if (call.args.length === 0) await scriptCommand(call.script);
  else await expect(refusalOf(call)).resolves.toBeNull();
});

it.each((await readBlocks('json')).filter(({ notRun }) => notRun === null))(
  '$place: JSON is a config, or a deployment',
  async ({ text }) => {
    const content = JSON.parse(text) as object;
    if (!('options' in content)) return void parseConfigFile(content, 'load.config.json');
    const file = join(await scratch(), 'deployment.json');
    await writeFile(file, text);
    const args = ['--deployment', file];
    expect(readDeployment(file)).not.toEqual([]);
    await checkNpmCall({ script: 'order-api', args });
  },
);

it.each((await readBlocks('ts')).filter(({ text }) => text.includes('satisfies LoadConfig')))(
  '$place: the config is valid',
  async ({ text }) => {
    const { code } = await transform(text, { loader: 'ts', format: 'esm' });
    const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      default: unknown;
    };
    expect(() => parseConfigFile(module.default, 'load.config.ts')).not.toThrow();
  },
);

it.each((await readBlocks('ts')).filter(({ text }) => text.includes("'order-load/k6/")))(
  '$place: the scenario can be bundled',
  async ({ text }) => {
    const folder = await scratch();
    const entry = join(folder, 'scenario.ts');
    await writeFile(entry, text);
    const [bundle = ''] = await bundleScenarios({
      entries: [entry],
      outDir: join(folder, 'dist'),
      libDir: join(ROOT, 'lib'),
    });
    expect(basename(bundle)).toBe('scenario.js');
  },
);

it('has a place for every script of package.json', async () => {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const text = pages.map((page) => page.text).join('\n');
  const missing = Object.keys(scripts).filter(
    (script) => !new RegExp(`npm (run (-s )?)?${script}(?![\\w:-])`).test(text),
  );
  expect(missing).toEqual([]);
});

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-docs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
