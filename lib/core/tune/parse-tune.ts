import { parseVersioned, unreadable } from '../report/parse-versioned.ts';
import { isSameCell } from './cell-name.ts';
import { TUNE_VERSION, type TuneResult, tuneSchema } from './schema/tune-schema.ts';

const TUNE_FORMAT = {
  schema: tuneSchema,
  versionField: 'tuneVersion',
  version: TUNE_VERSION,
  what: 'the result of a sweep',
  of: 'tune.json',
  instead: 'the tune.json of a sweep',
};

/**
 * The result of a sweep from its JSON text. Accepts every minor version of v1; unknown fields are left out.
 * @param sourceName names the source in errors, usually a file.
 * @throws UserError (one line, exit 2) if the text is not JSON, no result of a sweep, of another major version, or
 *   contradicts itself.
 */
export function parseTune(text: string, sourceName: string): TuneResult {
  const result = parseVersioned(text, sourceName, TUNE_FORMAT);
  const contradiction = contradictionIn(result);
  if (contradiction === null) return result;
  throw unreadable(sourceName, `contradicts itself: ${contradiction}`, TUNE_FORMAT);
}

function contradictionIn({ kind, power, batch }: TuneResult): string | null {
  const result = kind === 'power' ? power : batch;
  if (result === undefined) return `it is a ${kind} sweep and has no ${kind}`;
  const { chosen } = result.choice;
  const cells = [...(power?.sizes ?? []), ...(batch?.cells ?? [])];
  const isKnown =
    chosen === null || cells.some((cell) => isSameCell(cell, chosen) && cell.status === 'measured');
  return isKnown ? null : 'what was chosen was not measured';
}
