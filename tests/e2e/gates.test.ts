import { afterEach, describe, expect, it } from 'vitest';
import type { GATES } from '../../lib/app/check/gates.ts';
import { type PlantedTree, plantTree } from './support/planted-tree.ts';

const GATE_TIMEOUT_MS = 60_000;

let tree: PlantedTree | undefined;
afterEach(() => tree?.remove());

type GateName = (typeof GATES)[number]['name'];

async function runGate(gate: GateName, files: Readonly<Record<string, string>>) {
  tree = await plantTree(files);
  return tree.run(gate);
}

/** Lines of the output that name the file, so that one fault cannot stand in for another. */
function linesOn(output: string, file: string): string {
  return output
    .split('\n')
    .filter((line) => line.includes(file))
    .join('\n');
}

describe('sound code passes', { timeout: GATE_TIMEOUT_MS }, () => {
  it.each<GateName>(['types', 'promises', 'imports', 'format', 'lint'])('%s', async (gate) => {
    const { exitCode, output } = await runGate(gate, {});
    expect(output).not.toContain('error');
    expect(exitCode).toBe(0);
  });
});

describe('types', { timeout: GATE_TIMEOUT_MS }, () => {
  it('gives core no runtime, the k6 side no Node, and the Node side no k6', async () => {
    const faults: Record<string, [code: string, error: string]> = {
      'lib/core/order/a.ts': ['export const a = process.pid;', "'process'"],
      'lib/core/order/b.ts': ['export const b = Buffer.from([]);', "'Buffer'"],
      'lib/core/order/c.ts': ["console.log('c');\nexport {};", "'console'"],
      'lib/core/order/d.ts': ['export const d = setTimeout;', "'setTimeout'"],
      'lib/core/order/e.ts': ["export { readFileSync } from 'node:fs';", "'node:fs'"],
      'lib/core/order/f.ts': ['export const f = __ENV;', "'__ENV'"],
      'lib/k6/g.ts': ["export { readFileSync } from 'node:fs';", "'node:fs'"],
      'lib/k6/h.ts': ['export const h = process.pid;', "'process'"],
      'lib/node/store/i.ts': ['export const i = __ENV;', "'__ENV'"],
      'scripts/j.ts': ['export const j = __VU;', "'__VU'"],
      'lib/page/l.ts': ['export const l = process.pid;', "'process'"],
      'lib/core/order/m.ts': ['export const m = document.title;', "'document'"],
      'lib/node/store/n.ts': ['export const n = document.title;', "'document'"],
      'order-api/k.ts': ["export { coreSound } from '../lib/core/order/sound.ts';", 'TS6307'],
    };
    const { exitCode, output } = await runGate('types', filesOf(faults));
    for (const [file, [, error]] of Object.entries(faults)) {
      expect(linesOn(output, file), file).toContain(error);
    }
    expect(exitCode).not.toBe(0);
  });
});

describe('imports', { timeout: GATE_TIMEOUT_MS }, () => {
  it('keeps every room to its allow-list', async () => {
    const faults: Record<string, [code: string, error: string]> = {
      'lib/core/order/a.ts': ["import 'zx';", 'core-order'],
      'lib/core/histogram/b.ts': ["import '../report/upper.ts';", 'core-histogram'],
      'lib/core/report/upper.ts': ["import '../../node/store/sound.ts';", 'core-report'],
      'lib/node/store/c.ts': ["import '../../core/elsewhere/new.ts';", 'core-room-unknown'],
      'lib/core/report/question.ts': ["import '../../questions/spike/answer.ts';", 'core-report'],
      'lib/questions/spike/answer.ts': ["import '../../core/render/page.ts';", 'core-questions'],
      'lib/k6/question.ts': ["import '../questions/spike/answer.ts';", 'k6-side'],
      'lib/k6/d.ts': ["import 'zx';", 'k6-side'],
      'lib/k6/e.ts': ["import '../node/store/sound.ts';", 'k6-side'],
      'lib/page/q.ts': ["import '../node/store/sound.ts';", 'page-side'],
      'scenarios/f.ts': ["import '../lib/node/store/sound.ts';", 'scenarios'],
      'lib/node/run/g.ts': ["import '../store/sound.ts';", 'node-rooms-apart'],
      'lib/node/run/h.ts': ["import '../../k6/sound.ts';", 'node-side'],
      'lib/node/run/i.ts': ["import 'k6/http';", 'k6-only-in-k6'],
      'lib/node/run/j.ts': [
        "import { env } from 'node:process';\nvoid env;",
        'process-by-argument',
      ],
      'lib/node/run/k.ts': ["import '../../../order-api/sound.ts';", 'node-side'],
      'scripts/l.ts': ["import http from 'k6/http';\nvoid http;", 'k6-only-in-k6'],
      'lib/app/run/m.ts': ["import '../../../order-api/handlers/create.ts';", 'app-side'],
      'scripts/m.ts': ["import '../order-api/handlers/create.ts';", 'scripts'],
      'order-api/handlers/create.ts': [
        "import '../../lib/core/order/sound.ts';",
        'order-api-alone',
      ],
      'order-api/lambda/q.ts': ["import '../faults/sound.ts';", 'order-api-lambda'],
      'order-api/faults/sound.ts': ["import '../start.ts';", 'order-api-faults'],
      'order-api/start.ts': ["import './elsewhere/new.ts';", 'order-api-room-unknown'],
      'lib/node/bundle/n.ts': ["import 'a-package-that-is-not-there';", 'not-resolvable'],
      'scripts/o.ts': ["import './p.ts';", 'no-circular'],
      'scripts/p.ts': ["import type {} from './o.ts';", 'no-circular'],
    };
    const { exitCode, output } = await runGate('imports', {
      ...filesOf(faults),
      'lib/core/elsewhere/new.ts': 'export {};\n',
      'order-api/elsewhere/new.ts': 'export {};\n',
      'lib/core/render/page.ts': 'export {};\n',
    });
    const unwrapped = output.replaceAll(/\n {6,}/g, ' ');
    for (const [file, [, rule]] of Object.entries(faults)) {
      expect(linesOn(unwrapped, file), file).toContain(`error ${rule}:`);
    }
    expect(exitCode).not.toBe(0);
  });
});

describe('promises', { timeout: GATE_TIMEOUT_MS }, () => {
  it('finds a promise that nobody awaits, an environment read outside scripts, and a spread literal', async () => {
    const faults: Record<string, [code: string, error: string]> = {
      'scripts/a.ts': ["import { $ } from 'zx';\n\n$`true`;", 'no-floating-promises'],
      'lib/node/store/b.ts': [
        "import { readFile } from 'node:fs/promises';\n\nreadFile('b');",
        'no-floating-promises',
      ],
      'tests/c.test.ts': ['[1].forEach(async () => {});', 'no-misused-promises'],
      'order-api/d.ts': ['export const d = async () => await 1;', 'await-thenable'],
      'lib/node/store/e.ts': ['export const { env } = process;', 'no-restricted-properties'],
      'lib/app/run/e.ts': ['export const { env } = process;', 'no-restricted-properties'],
      'lib/core/order/g.ts': ['export const g = { ...{ a: 1 } };', 'no-restricted-syntax'],
      'scripts/h.ts': ['export const h = [...[1]];', 'no-restricted-syntax'],
      'order-api/f.ts': ['export const f = globalThis.process.env;', 'no-restricted-properties'],
    };
    const { exitCode, output } = await runGate('promises', filesOf(faults));
    for (const [file, [, rule]] of Object.entries(faults)) {
      expect(sectionOn(output, file), file).toContain(rule);
    }
    expect(exitCode).not.toBe(0);
  });
});

describe('format', { timeout: GATE_TIMEOUT_MS }, () => {
  it('finds a file that was not formatted', async () => {
    const { exitCode, output } = await runGate('format', { 'scripts/a.ts': 'export const a="a"' });
    expect(output).toContain('scripts/a.ts');
    expect(exitCode).not.toBe(0);
  });
});

describe('lint', { timeout: GATE_TIMEOUT_MS }, () => {
  it('keeps the environment, Node and the console out of the rooms that must not have them', async () => {
    const faults: Record<string, [code: string, error: string]> = {
      'lib/k6/a.ts': ["export const a = __ENV['A'];", 'noRestrictedGlobals'],
      'scenarios/b.ts': ["export const b = __ENV['B'];", 'noRestrictedGlobals'],
      'lib/node/store/c.ts': ["export const c = process.env['C'];", 'noProcessEnv'],
      'lib/app/run/c.ts': ["export const c = process.env['C'];", 'noProcessEnv'],
      'order-api/d.ts': ["export const d = process.env['D'];", 'noProcessEnv'],
      'lib/k6/e.ts': ["import 'node:fs';", 'noNodejsModules'],
      'scripts/f.ts': ["import 'k6/http';", 'noRestrictedImports'],
      'lib/node/store/g.ts': ["console.log('g');", 'noConsole'],
      'lib/core/order/index.ts': ["export * from './sound.ts';", 'noReExportAll'],
      'lib/node/store/h.ts': ['export default 1;', 'noDefaultExport'],
      'tests/i.test.ts': [
        "import { it } from 'vitest';\n\nit.only('i', () => {});",
        'noFocusedTests',
      ],
      'scripts/J.ts': ['export const j = 1;', 'useFilenamingConvention'],
    };
    const { exitCode, output } = await runGate('lint', filesOf(faults));
    for (const [file, [, rule]] of Object.entries(faults)) {
      expect(linesOn(output, file), file).toContain(rule);
    }
    expect(exitCode).not.toBe(0);
  });
});

describe('unused', { timeout: GATE_TIMEOUT_MS }, () => {
  it('finds a file, an export and a dependency that nothing uses', async () => {
    const { exitCode, output } = await runGate('unused', {
      'lib/core/order/unused-file.ts': 'export const unusedFile = 1;\n',
      'lib/core/order/half.ts': 'export const used = 1;\nexport const unusedExport = 2;\n',
      'scripts/a.ts': "import { used } from '../lib/core/order/half.ts';\n\nvoid used;\n",
    });
    expect(output).toContain('lib/core/order/unused-file.ts');
    expect(output).toContain('unusedExport');
    expect(output).toMatch(/protobufjs\s+package\.json/);
    expect(exitCode).not.toBe(0);
  });
});

describe('test-only', { timeout: GATE_TIMEOUT_MS }, () => {
  it('finds a file and an export that only tests use', async () => {
    const { exitCode, output } = await runGate('test-only', {
      'lib/core/order/tested-file.ts': 'export const testedFile = 1;\n',
      'lib/core/order/half.ts': 'export const used = 1;\nexport const testedExport = 2;\n',
      'scripts/a.ts': "import { used } from '../lib/core/order/half.ts';\n\nvoid used;\n",
      'tests/b.test.ts': `import { testedExport } from '../lib/core/order/half.ts';
import { testedFile } from '../lib/core/order/tested-file.ts';

void testedExport;
void testedFile;
`,
    });
    expect(output).toContain('lib/core/order/tested-file.ts');
    expect(output).toContain('testedExport');
    expect(exitCode).not.toBe(0);
  });
});

function filesOf(faults: Readonly<Record<string, readonly [string, string]>>) {
  return Object.fromEntries(Object.entries(faults).map(([file, [code]]) => [file, `${code}\n`]));
}

/** ESLint names the file once, above its findings. */
function sectionOn(output: string, file: string): string {
  const from = output.indexOf(file);
  return from < 0 ? '' : (output.slice(from).split('\n\n')[0] ?? '');
}
