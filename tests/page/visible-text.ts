/** A text of a page that stands on its own: a paragraph, a heading, a cell, the label of a button. */
export interface TextBlock {
  /** Name of the innermost element that begins a block. */
  readonly element: string;
  /** What a reader sees, code included. */
  readonly text: string;
  /** Without what is marked as code: commands, paths, fields. */
  readonly prose: string;
}

/** Elements that do not interrupt the text around them. */
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'code',
  'em',
  'i',
  'mark',
  'small',
  'span',
  'strong',
  'time',
  'wbr',
]);
const UNSEEN = /<(script|style|template|svg)\b[^>]*>[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g;
const CODE = /<code\b[^>]*>[\s\S]*?<\/code>/g;
/** Stands for code in the prose, so the words around it stay apart. */
const CODE_PLACE = '‹code›';

/**
 * The texts of a page made by this suite, in order: what is between its tags, less scripts, styles, embedded data and
 * drawings. Also the texts that only screen readers say (`aria-label`), as blocks of the element `aria`.
 */
export function visibleText(html: string): TextBlock[] {
  const page = html.replace(UNSEEN, ' ');
  const labels = [...page.matchAll(/ (?:aria-label|title|placeholder)="([^"]*)"/g)].map(
    ([, label = '']): TextBlock => ({
      element: 'aria',
      text: decoded(label),
      prose: decoded(label),
    }),
  );
  const seen = blocksOf(page);
  const prose = blocksOf(page.replace(CODE, CODE_PLACE));
  return [
    ...seen.map((block, position) => ({ ...block, prose: prose[position]?.text ?? '' })),
    ...labels,
  ];
}

/** Both readings of a page give the same number of blocks, because code is never empty. */
function blocksOf(page: string): { element: string; text: string }[] {
  const blocks: { element: string; text: string }[] = [];
  let [element, text] = ['body', ''];
  const end = () => {
    const shown = decoded(text).replace(/\s+/g, ' ').trim();
    if (shown !== '') blocks.push({ element, text: shown });
    text = '';
  };
  for (const [, tag, name = '', between] of page.matchAll(
    /(<\/?([a-z][a-z0-9]*)[^>]*>|<![^>]*>)|([^<]+)/gi,
  )) {
    if (between !== undefined) text += between;
    else if (!INLINE.has(name.toLowerCase()) && tag !== undefined) {
      end();
      element = name.toLowerCase();
    }
  }
  end();
  return blocks;
}

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  amp: '&',
  apos: "'",
};

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|([a-z]+));/g, (entity, code?: string, name?: string) =>
    code === undefined ? (NAMED[name ?? ''] ?? entity) : String.fromCodePoint(Number(code)),
  );
}
