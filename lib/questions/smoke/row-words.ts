import type { ContractAnswers } from './schema.ts';

/** What came of checking a promise of the contract. */
export const ROW_WORDS: Readonly<Record<ContractAnswers['rows'][number]['verdict'], string>> = {
  ok: 'kept',
  broken: 'broken',
  notOffered: 'not offered',
  notApplicable: 'not judged',
  notChecked: 'not checked',
};
