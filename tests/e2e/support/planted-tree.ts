import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { GATES } from '../../../lib/app/check/gates.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** Everything that tells a gate what to do; none of the code that the gates look at. */
const CONFIGURATION = [
  'package.json',
  '.gitignore',
  'biome.json',
  'eslint.config.js',
  'knip.json',
  '.dependency-cruiser.mjs',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.eslint.json',
  ...[
    'lib/app',
    'lib/core',
    'lib/k6',
    'lib/node',
    'lib/page',
    'scenarios',
    'order-api',
    'scripts',
    'tests',
    'bench',
    'studies',
  ].map((room) => `${room}/tsconfig.json`),
];

/** Sound code for every room, so that whatever fails is what was planted. */
const SOUND: Readonly<Record<string, string>> = {
  'lib/core/order/sound.ts': 'export const coreSound = 1;\n',
  'lib/k6/sound.ts': `import http from 'k6/http';
import { coreSound } from '../core/order/sound.ts';

export const k6Sound = () => http.get('http://127.0.0.1', { timeout: coreSound });
`,
  'lib/k6/env.ts': "export const baseUrl = __ENV['BASE_URL'];\n",
  'lib/node/store/sound.ts': `import { readFile } from 'node:fs/promises';
import { coreSound } from '../../core/order/sound.ts';

export const nodeSound = () => readFile(String(coreSound));
`,
  'lib/app/cli/sound.ts': `import { nodeSound } from '../../node/store/sound.ts';

export const appSound = nodeSound;
`,
  'lib/page/sound.ts': `import { coreSound } from '../core/order/sound.ts';

document.title = String(coreSound);
`,
  'scenarios/sound.ts': `import { k6Sound } from '../lib/k6/sound.ts';

export default function sound() {
  k6Sound();
}
`,
  'scripts/sound.ts': `import { appSound } from '../lib/app/cli/sound.ts';

await appSound();
process.exitCode = Number(process.env['SOUND']);
`,
  'order-api/sound.ts': 'export const orderApiSound = 1;\n',
  'tests/sound.test.ts':
    "import { orderApiSound } from '../order-api/sound.ts';\n\nvoid orderApiSound;\n",
  'bench/sound.ts': 'export const benchSound = 1;\n',
  'studies/sound.ts': 'export const studySound = 1;\n',
};

export interface GateResult {
  readonly exitCode: number;
  readonly output: string;
}

export interface PlantedTree {
  readonly root: string;
  /** Runs one gate of `npm run check`, by its real command, in this tree. */
  run(gate: (typeof GATES)[number]['name']): Promise<GateResult>;
  remove(): Promise<void>;
}

/** A tree in a folder of its own with the repository's real configuration, sound code, and `files`. */
export async function plantTree(files: Readonly<Record<string, string>>): Promise<PlantedTree> {
  const root = await mkdtemp(join(tmpdir(), 'order-load-gates-'));
  for (const path of CONFIGURATION) await cp(join(REPOSITORY, path), join(root, path));
  // Links one by one: `node_modules/.cache` must not be the repository's.
  await mkdir(join(root, 'node_modules'));
  for (const name of await readdir(join(REPOSITORY, 'node_modules'))) {
    if (name === '.cache' || name.startsWith('.vite')) continue;
    await symlink(join(REPOSITORY, 'node_modules', name), join(root, 'node_modules', name));
  }
  for (const [path, text] of Object.entries({ ...SOUND, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return {
    root,
    run: (name) => runGate(root, name),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

function runGate(root: string, name: string): Promise<GateResult> {
  const gate = GATES.find((candidate) => candidate.name === name);
  if (gate === undefined) throw new Error(`no gate ${name}`);
  const [program, ...args] = gate.command;
  const path = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
  return new Promise((done) => {
    execFile(
      program,
      args,
      { cwd: root, env: { ...process.env, PATH: path, NO_COLOR: '1' } },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        done({ exitCode, output: `${stdout}${stderr}` });
      },
    );
  });
}
