import { escapeText } from '../../text/escape-text.ts';

/** Markup that is safe in a page. Only `html` creates it. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | null | readonly (Html | string | number)[];

/**
 * A template whose values are escaped unless they are markup themselves. Lists are joined, and null is
 * empty. Values may be in text and in double-quoted attributes, nowhere else.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  let text = parts[0] as string;
  values.forEach((value, position) => {
    text += markupOf(value) + (parts[position + 1] as string);
  });
  return new Html(text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markupOf(value: Value): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return value.map(markupOf).join('');
  return escapeText(value).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/**
 * JSON for a `<script type="application/json">`: nothing in it can end the element, open a comment
 * or break a line. `JSON.parse` returns the same value.
 */
export function embedJson(value: unknown): Html {
  const text = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return new Html(text);
}
