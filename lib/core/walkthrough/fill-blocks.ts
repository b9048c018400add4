const begin = (id: string): string => `<!-- measured: ${id} -->`;
const END = '<!-- /measured -->';
const BLOCK = /<!-- measured: ([a-z-]+) -->\n([\s\S]*?)<!-- \/measured -->/g;

/** What a page has between its markers, by the blocks' ids in their order. */
export function blocksOf(page: string): ReadonlyMap<string, string> {
  return new Map([...page.matchAll(BLOCK)].map(([, id = '', text = '']) => [id, text.trim()]));
}

/** A page with other blocks between its markers; throws where page and blocks do not have the same ids. */
export function fillBlocks(page: string, blocks: ReadonlyMap<string, string>): string {
  const ids = [...blocksOf(page).keys()].join(', ');
  const given = [...blocks.keys()].join(', ');
  if (ids !== given) throw new Error(`the page has the blocks ${ids}; the walkthrough ${given}`);
  return page.replace(BLOCK, (_, id: string) => `${begin(id)}\n${blocks.get(id)}\n${END}`);
}
