import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TextBlock } from '../../page/visible-text.ts';
import { everythingSaid } from './said.ts';

const SCHEMA: unknown = JSON.parse(
  readFileSync(new URL('../../../docs/report-v1.schema.json', import.meta.url), 'utf8'),
);

/** Names that programs know, and the values that stand for a word in a report: of more than one word each. */
const { keys, values } = namesIn(SCHEMA);

/** Names that look like fields of the report and are none. */
const NAMES: readonly RegExp[] = [
  // Fields of the order API, which its users call by these names.
  /\b(?:orderId|storedAt)\b/g,
  // Names of functions of the order API, as in its logs.
  /\b(?:readOrder|queueOrder|createOrder|storeBatch)\b/g,
];

/** Digits that are no count: years of dates, and what follows a letter, a dot, a dash or a slash, such as ids and URLs. */
const LARGE_NUMBER = /(?<![\w.,:/#-])(?!20\d\d-|20\d\d\b)\d{4,}(?![\w:/-]|\.\d)/g;

const SAID = everythingSaid();

describe.each(SAID)('$output of $name', ({ blocks }) => {
  it('shows no name of a field as a word', () => {
    expect(blocks.flatMap(({ prose }) => fieldNames(prose))).toEqual([]);
  });

  it('has no heading made of fields', () => {
    const headings = blocks.filter(({ element }) => ['h2', 'h3', 'caption'].includes(element));
    expect(headings.filter(({ text }) => isPath(text)).map(({ text }) => text)).toEqual([]);
  });

  it('writes large numbers in groups of three digits, and one of a thing as one', () => {
    expect(blocks.flatMap(({ prose }) => prose.match(LARGE_NUMBER) ?? [])).toEqual([]);
    const plurals =
      /(?<![\d,.])1 (?:orders|runs|steps|rounds|windows|failures|nights|points|rows)\b/g;
    expect(blocks.flatMap(({ prose }) => prose.match(plurals) ?? [])).toEqual([]);
  });
});

// Test cases of JUnit are shown one at a time.
it.each(SAID.filter(({ output }) => output !== 'junit'))(
  'says each sentence once in the $output of $name',
  ({ blocks }) => {
    expect(repeated(blocks)).toEqual([]);
  },
);

function fieldNames(prose: string): string[] {
  const text = NAMES.reduce((rest, name) => rest.replace(name, ''), prose);
  const camelCase = text.match(/(?<![\w./@-])[a-z][a-z0-9]*[A-Z]\w*/g) ?? [];
  const dashed = (text.match(/\b[a-z]+(?:-[a-z]+)+\b/g) ?? []).filter((word) => values.has(word));
  const paths = (text.match(/\b[a-z]\w*(?:\.[a-z]\w*)+\b/gi) ?? []).filter((path) =>
    path.split('.').every((part) => keys.has(part)),
  );
  return [...camelCase, ...dashed, ...paths];
}

/** "Ab, Arms, A, Blocks": keys of the schema, one after another. */
function isPath(heading: string): boolean {
  const parts = heading.split(', ').map((part) => part.toLowerCase());
  const words = new Set([...keys].map(inWords));
  return parts.length > 1 && parts.every((part) => words.has(part));
}

function inWords(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

/** No sentences: what only screen readers hear repeats what stands beside it, and headings name what follows. */
const NAMING = ['aria', 'h1', 'h2', 'h3', 'caption', 'summary', 'option', 'label'];

/** Sentences of five words and more that stand twice. Rows of tables may be alike, but not like what is outside of them. */
function repeated(blocks: readonly TextBlock[]): string[] {
  const seen = new Map<string, boolean>();
  const twice = new Set<string>();
  for (const { element, text } of blocks) {
    if (NAMING.includes(element)) continue;
    const isCell = element === 'td' || element === 'th';
    for (const sentence of text.split(/(?<=[.!?;]) +/)) {
      const plain = sentence
        .toLowerCase()
        .replace(/[^\p{L}\p{N}%/.]+/gu, ' ')
        .replace(/\.? *$/, '')
        .trim();
      if (plain.split(' ').filter((word) => /\p{L}{2}/u.test(word)).length < 5) continue;
      const wasCell = seen.get(plain);
      if (wasCell !== undefined && !(isCell && wasCell)) twice.add(sentence);
      seen.set(plain, isCell && (wasCell ?? true));
    }
  }
  return [...twice];
}

function namesIn(schema: unknown) {
  const found = { keys: new Set<string>(), values: new Set<string>() };
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'properties') for (const name of Object.keys(inner)) found.keys.add(name);
      if (key === 'enum' || key === 'const') {
        for (const value of [inner].flat()) {
          if (typeof value === 'string' && value.includes('-')) found.values.add(value);
        }
      }
      visit(inner);
    }
  };
  visit(schema);
  return found;
}
