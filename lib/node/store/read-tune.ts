import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseTune } from '../../core/tune/parse-tune.ts';
import type { TuneResult } from '../../core/tune/schema/tune-schema.ts';

export interface ReadTune {
  readonly file: string;
  readonly result: TuneResult;
}

/**
 * Reads the result of a sweep, named by the file or by the folder with its `tune.json`; null if there is none.
 * @throws UserError (exit 2) if this version cannot read it.
 */
export async function readTune(given: string): Promise<ReadTune | null> {
  const file = given.endsWith('.json') ? given : path.join(given, 'tune.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null || !/"tuneVersion"\s*:/.test(text)) return null;
  return { file, result: parseTune(text, file) };
}
