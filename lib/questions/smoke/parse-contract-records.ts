import type { ContractRecord } from '../../core/order/contract-record.ts';
import { contractRecordSchema } from './schema.ts';

/** The records that k6 handed over; anything else is left out, so its check counts as not made. */
export function parseContractRecords(texts: readonly string[]): readonly ContractRecord[] {
  return texts.flatMap((text) => {
    const record = contractRecordSchema.safeParse(parseJson(text));
    return record.success ? [record.data] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
