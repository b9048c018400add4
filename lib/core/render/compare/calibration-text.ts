import type { Calibration } from '../../compare/calibration.ts';
import { calibrationSummary } from '../../summary/comparison/calibration-summary.ts';
import { headlineLines, nextLines, type TextLook } from '../headline-lines.ts';
import { tableLines } from '../table-lines.ts';
import { wrapText } from '../wrap-text.ts';

/** The result of a calibration, for the terminal. `dir` is the folder of the history that it has written. */
export function calibrationText(calibration: Calibration, dir: string, look: TextLook): string {
  const { headline, table, notes } = calibrationSummary(calibration, dir);
  const blocks = [
    headlineLines(headline, look),
    tableLines(table, { ...look, width: look.width - 2 }).map((line) => `  ${line}`),
    notes.flatMap((note) => wrapText(`  · ${note}`, look.width, '    ')),
    nextLines(headline, look),
  ];
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}
