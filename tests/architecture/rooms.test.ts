import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const TOP_ROOMS = ['scenarios', 'lib', 'scripts', 'order-api', 'bench', 'studies', 'tests'];

/** Folders directly below, with something in them (git knows no empty ones). */
function foldersIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && readdirSync(join(ROOT, folder, entry.name)).length > 0,
    )
    .map((entry) => `${folder}/${entry.name}`);
}

function rooms(): string[] {
  const runtimes = foldersIn('lib');
  const inner = [
    'lib/core',
    'lib/questions',
    'lib/node',
    'lib/app',
    'scripts',
    'order-api',
  ].flatMap(foldersIn);
  return [...TOP_ROOMS.filter((room) => room !== 'lib'), ...runtimes, ...inner].sort();
}

function documentedRooms(): string[] {
  const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const table = page.split('## Rooms')[1]?.split('\n## ')[0] ?? '';
  return [...table.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '').sort();
}

it('every room is in docs/architecture.md, and every room there exists', () => {
  expect(documentedRooms()).toEqual(rooms());
});

it('every top-level folder with TypeScript is a room', () => {
  const other = ['node_modules', 'dist', 'results', 'docs', 'deploy', 'coverage'];
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .filter((name) => !other.includes(name));
  expect(folders.sort()).toEqual([...TOP_ROOMS].sort());
});

interface TsProject {
  readonly include?: readonly string[];
  readonly references: readonly { readonly path: string }[];
}

function readProject(folder: string): TsProject {
  return JSON.parse(readFileSync(join(ROOT, folder, 'tsconfig.json'), 'utf8')) as TsProject;
}

it('every TypeScript project is built by tsc -b, and refers to projects that exist', () => {
  const projects = rooms().filter((room) => existsSync(join(ROOT, room, 'tsconfig.json')));
  const built = readProject('.').references.map(({ path }) => normalize(path));
  expect(built.sort()).toEqual(projects);
  for (const project of projects) {
    for (const { path } of readProject(project).references) {
      expect(projects, `${project} refers to ${path}`).toContain(normalize(join(project, path)));
    }
  }
});

it('every room with TypeScript belongs to a project', () => {
  const alsoIncluded = rooms().flatMap((project) =>
    existsSync(join(ROOT, project, 'tsconfig.json'))
      ? (readProject(project).include ?? []).map((path) => normalize(join(project, path)))
      : [],
  );
  for (const room of rooms()) {
    let folder = room;
    while (
      folder !== '.' &&
      !existsSync(join(ROOT, folder, 'tsconfig.json')) &&
      !alsoIncluded.includes(`${folder}/**/*.ts`)
    )
      folder = dirname(folder);
    expect(folder, room).not.toBe('.');
  }
});
