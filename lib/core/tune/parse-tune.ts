import * as z from 'zod';
import { EXIT, UserError } from '../errors/user-error.ts';
import { isSameCell } from './cell-name.ts';
import { TUNE_VERSION, type TuneResult, tuneSchema } from './schema/tune-schema.ts';

const versionSchema = z.object({ tuneVersion: z.string().regex(/^\d+\.\d+$/) });

/**
 * The result of a sweep from its JSON text. Accepts every minor version of v1; unknown fields are left out.
 * @param sourceName names the source in errors, usually a file.
 * @throws UserError (one line, exit 2) if the text is not JSON, no result of a sweep, of another major version, or
 *   contradicts itself.
 */
export function parseTune(text: string, sourceName: string): TuneResult {
  const json = parseJson(text, sourceName);
  const version = versionSchema.safeParse(json);
  if (!version.success) {
    throw broken(sourceName, 'is JSON but not the result of a sweep (it has no tuneVersion)');
  }
  const { tuneVersion } = version.data;
  const major = TUNE_VERSION.split('.')[0];
  if (tuneVersion.split('.')[0] !== major) {
    throw new UserError(
      'E_REPORT_VERSION',
      `${sourceName} is the result of a sweep of version ${tuneVersion}, but this suite reads version ${major}.x. Read it with the version of the suite that wrote it.`,
      EXIT.usage,
    );
  }
  const parsed = tuneSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue === undefined ? '' : ` at ${issue.path.join('.')}: ${issue.message}`;
    throw broken(sourceName, `does not follow version ${tuneVersion} of tune.json${where}`);
  }
  const contradiction = contradictionIn(parsed.data);
  if (contradiction !== null) throw broken(sourceName, `contradicts itself: ${contradiction}`);
  return parsed.data;
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

function parseJson(text: string, sourceName: string): unknown {
  if (text.trim() === '') throw broken(sourceName, 'is empty');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw broken(sourceName, 'is not JSON, or was cut off');
  }
}

function broken(sourceName: string, what: string): UserError {
  return new UserError(
    'E_REPORT_UNREADABLE',
    `${sourceName} ${what}. Name the tune.json of a sweep.`.replace(/\s+/g, ' '),
    EXIT.usage,
  );
}
