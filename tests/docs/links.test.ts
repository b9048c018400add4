import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const INDEX = 'docs/README.md';
const SHORTEST_PAGE = 200;

const docsPages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const pages = ['README.md', 'CONTRIBUTING.md', ...docsPages];

/** A page without its code, in which nothing is a link or a heading. */
function proseOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8').replace(/^ *(```|~~~)[\s\S]*?^ *\1/gm, '');
}

interface Link {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly anchor: string | undefined;
}

/** Links of a page into this repository: `[text](path#anchor)`, of images too. */
function linksOf(page: string): Link[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, url = '']) => url)
    .filter((url) => !/^[a-z]+:/.test(url))
    .map((url) => {
      const [path = '', anchor] = url.split('#');
      return { path: path === '' ? page : normalize(join(dirname(page), path)), anchor };
    });
}

/** As GitHub makes them of headings; the second of the same name gets `-1`. */
function anchorsOf(page: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const anchors = [...proseOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\p{Mark}_ -]/gu, '')
      .replaceAll(' ', '-');
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set(anchors);
}

function isBroken({ path, anchor }: Link): boolean {
  if (!existsSync(join(ROOT, path))) return true;
  return anchor !== undefined && path.endsWith('.md') && !anchorsOf(path).has(anchor);
}

/** Files of this repository that a page names, in prose or in a command. */
function filesNamedIn(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const roots = 'lib|scenarios|scripts|order-api|bench|studies|tests';
  return [...text.matchAll(new RegExp(`(?<![\\w/.-])(?:${roots})/[\\w/.-]+\\.[jt]s\\b`, 'g'))].map(
    ([path]) => path,
  );
}

describe.each(pages)('%s', (page) => {
  it('is not empty', () => {
    expect(proseOf(page).length).toBeGreaterThan(SHORTEST_PAGE);
  });

  it('links only to files and headings that exist', () => {
    expect(linksOf(page).filter(isBroken)).toEqual([]);
  });

  it('names only files that exist', () => {
    expect(filesNamedIn(page).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

it(`every page of docs can be reached from ${INDEX}`, () => {
  const reachable = new Set([INDEX]);
  for (const page of reachable) {
    for (const { path } of linksOf(page)) {
      if (docsPages.includes(path)) reachable.add(path);
    }
  }
  expect(docsPages.filter((page) => !reachable.has(page))).toEqual([]);
});
