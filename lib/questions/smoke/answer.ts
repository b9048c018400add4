import { type ContractCheck, contractIdPrefix } from '../../core/order/contract-checks.ts';
import type { ContractRecord } from '../../core/order/contract-record.ts';
import { contractRowTexts, rowsNotAsked } from '../../core/order/contract-rows.ts';
import { CONTRACT_ROWS, type ContractRow } from '../../core/order/contract-terms.ts';
import type { OrderMapping } from '../../core/order/order-mapping.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { Finding, Found } from '../question.ts';
import type { ContractAnswers } from './schema.ts';

const MAX_SHOWN = 10;

export interface ContractInput {
  readonly run: string;
  readonly mapping: OrderMapping;
  /** All planned checks. */
  readonly checks: readonly ContractCheck[];
  /** What came back, in any order; if a check has two records, the first counts. */
  readonly records: readonly ContractRecord[];
}

/** The rows of the contract, from the records that k6 handed over. */
export function contractAnswer({ run, mapping, checks, records }: ContractInput): ContractAnswers {
  const byCheck = new Map<number, ContractRecord>();
  for (const record of records) {
    if (record.check < checks.length && !byCheck.has(record.check)) {
      byCheck.set(record.check, record);
    }
  }
  const refused = refusalOf([...byCheck.values()]);
  if (refused !== null) {
    for (const [check, record] of byCheck) {
      byCheck.set(check, { ...record, results: record.results.filter((one) => !one.refused) });
    }
  }
  const made = [...byCheck.values()];
  const notAsked = rowsNotAsked(mapping);
  const texts = contractRowTexts(mapping);
  const stored = made.filter(({ results }) =>
    results.some(({ row, verdict }) => (row === 'newOrder' || row === 'retry') && verdict === 'ok'),
  );
  return {
    requests: made.reduce((sum, { requests }) => sum + requests, 0),
    idPrefix: contractIdPrefix(run),
    latencyFloorMs: lowest(stored.map(({ durationMs }) => durationMs)),
    ...(refused !== null && { refused }),
    rows: CONTRACT_ROWS.map((row) => ({
      row,
      ...texts[row],
      ...judged(row, checks, byCheck),
      ...notAsked.get(row),
    })),
  };
}

/**
 * The API's response if it refused the new order for its credentials, else null. Then its other refusals tell nothing
 * about the contract either.
 */
function refusalOf(records: readonly ContractRecord[]): string | null {
  const results = records.flatMap(({ results: all }) => all);
  return results.find(({ row, refused }) => row === 'newOrder' && refused)?.got ?? null;
}

function judged(
  row: ContractRow,
  checks: readonly ContractCheck[],
  byCheck: ReadonlyMap<number, ContractRecord>,
): Pick<
  ContractAnswers['rows'][number],
  'verdict' | 'checked' | 'planned' | 'broken' | 'brokenCount'
> {
  const source = row === 'contentType' ? 'newOrder' : row;
  const planned = checks.filter((check) => check.row === source).length;
  const results = [...byCheck].flatMap(([position, { results: all }]) =>
    all
      .filter((result) => result.row === row)
      .map((result) => ({ ...result, name: checks[position]?.name ?? '' })),
  );
  const broken = results.filter(({ verdict }) => verdict === 'broken');
  const others = results.find(({ verdict }) => verdict !== 'ok' && verdict !== 'broken');
  const verdict =
    broken.length > 0
      ? 'broken'
      : results.length < planned
        ? 'notChecked'
        : (others?.verdict ?? 'ok');
  return {
    verdict,
    checked: results.length,
    planned,
    broken: broken.slice(0, MAX_SHOWN).map(({ name, got }) => ({ name, got })),
    brokenCount: broken.length,
  };
}

/** The answer of a smoke run, and a finding for each promise that was broken or could not be checked. */
export function answerSmoke(
  report: Report,
  contract: ContractAnswers | undefined,
): Found<ContractAnswers> {
  if (contract === undefined) return { answer: undefined, findings: [] };
  const latencyFloorMs = lowest(
    [contract.latencyFloorMs, report.latencyMs.success.min].filter((value) => value !== null),
  );
  return {
    answer: { ...contract, latencyFloorMs },
    findings: [
      ...brokenFindings(contract),
      ...refusedFindings(contract),
      ...uncheckedFindings(report, contract),
    ],
  };
}

function brokenFindings({ rows }: ContractAnswers): Finding[] {
  return rows.flatMap((row): Finding[] => {
    const [first] = row.broken;
    if (first === undefined) return [];
    const share = row.planned > 1 ? ` (${row.brokenCount} of ${row.checked}; ${first.name})` : '';
    const reason = `The contract is broken: ${row.request}${share} gave ${first.got} instead of ${row.expected}.`;
    return [{ verdict: 'fail', reason, standsAlone: true }];
  });
}

function refusedFindings({ refused, rows }: ContractAnswers): Finding[] {
  if (refused === undefined) return [];
  const request = rows.find(({ row }) => row === 'newOrder')?.request ?? 'a new order';
  const reason = `The contract could not be checked: ${request}, was refused with ${refused}.`;
  return [{ verdict: 'invalid', reason }];
}

/** Nothing for a run that was stopped: its own reasons say so. */
function uncheckedFindings({ run }: Report, { rows, refused }: ContractAnswers): Finding[] {
  if (refused !== undefined) return [];
  const unchecked = rows.filter(({ verdict }) => verdict === 'notChecked');
  if (unchecked.length === 0 || run.status !== 'completed') return [];
  if (rows.some(({ verdict }) => verdict === 'broken')) return [];
  const names = unchecked.map(({ request }) => request).join('; ');
  const reason = `The contract could not be checked in full (${names}).`;
  return [{ verdict: 'invalid', reason }];
}

function lowest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}
