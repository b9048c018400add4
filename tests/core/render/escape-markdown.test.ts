import { expect, it } from 'vitest';
import { escapeMarkdown } from '../../../lib/core/render/escape-markdown.ts';

it.each([
  ['a | b', 'a &#124; b'],
  ['`x` <b> & \\', '&#96;x&#96; &#60;b&#62; &#38; &#92;'],
  ['@team/a', '&#64;&#8203;team/a'],
  ['#12', '&#35;&#8203;12'],
  ['- a - b', '&#45; a - b'],
  ['WWW.x.test', 'WWW&#46;x.test'],
  ['a\nb', 'a b'],
  ['p95 12 ms, 99%', 'p95 12 ms, 99%'],
])('writes %j as %s', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});

it('cuts what is too long, but no character in two', () => {
  expect(escapeMarkdown('😀'.repeat(5), 3)).toBe('😀😀…');
});
