import { type Cell, TONE_MARKS } from './statement.ts';

/** The text of a cell with the mark of its tone, not escaped. */
export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  return cell.tone === 'measured' ? cell.text : `${TONE_MARKS[cell.tone]} ${cell.text}`;
}
