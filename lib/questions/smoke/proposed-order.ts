import type { ContractCheck } from '../../core/order/contract-checks.ts';
import type { ContractRecord } from '../../core/order/contract-record.ts';
import { rowsNotAsked } from '../../core/order/contract-rows.ts';
import type { ContractRow, ContractTerms } from '../../core/order/contract-terms.ts';
import type { OrderMapping } from '../../core/order/order-mapping.ts';

export interface ProposalInput {
  readonly mapping: OrderMapping;
  readonly checks: readonly ContractCheck[];
  readonly records: readonly ContractRecord[];
}

/** What to put into the config so that smoke checks an API against its own contract. */
export interface ProposedOrder {
  /** Keys below `order`; empty if there is nothing to propose. */
  readonly order: Readonly<Record<string, unknown>>;
  /** What a config should not hide, or what could not be determined, one sentence each. */
  readonly notes: readonly string[];
}

interface Answered {
  readonly check: ContractCheck;
  readonly record: ContractRecord;
  readonly status: number;
  readonly got: string;
  readonly isOk: boolean;
}

type Accepts = { -readonly [K in keyof ContractTerms['accepts']]: ContractTerms['accepts'][K] };

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
const isRefusal = (status: number): boolean => status >= 400 && status < 500;

/**
 * Proposes the config for an API from its responses to the contract checks. What looks like a fault (a 5xx, a body
 * that is not JSON and was accepted as an order) is reported instead of proposed.
 */
export function proposedOrder({ mapping, checks, records }: ProposalInput): ProposedOrder {
  const answers = records.flatMap((record): readonly Answered[] => {
    const check = checks[record.check];
    const result = record.results.find(({ row }) => row === check?.row);
    if (check === undefined || result === undefined) return [];
    const { verdict, got } = result;
    return [{ check, record, status: record.status ?? 0, got, isOk: verdict === 'ok' }];
  });
  const of = (row: ContractRow) => answers.filter(({ check }) => check.row === row);
  const [created] = of('newOrder');
  if (created === undefined || !isSuccess(created.status)) {
    const response = created?.got ?? 'nothing';
    const hint = [401, 403].includes(created?.status ?? 0)
      ? 'check the credentials and the path first'
      : 'describe a new order with createPath, createMethod, fields or body, and run again';
    return { order: {}, notes: [`A new order was answered with ${response}: ${hint}.`] };
  }
  const notes: string[] = [];
  const meansAny = mapping.successBody === null && mapping.successStatuses.includes(created.status);
  if (!created.isOk && meansAny) {
    notes.push(`A new order was answered with ${created.got}, which looks like an error.`);
  }
  const contract: { -readonly [K in keyof ContractTerms]?: ContractTerms[K] } = {};
  const notOffered = new Set<ContractRow>(mapping.contract.notOffered);
  const idFrom = mapping.idFrom === null ? created.record.idFrom : undefined;
  const order = { ...storedOrder(created, mapping), ...(idFrom !== undefined && { idFrom }) };
  const note = ({ check, got }: Answered) => notes.push(`${check.name} was answered with ${got}.`);

  const asked = rowsNotAsked({ ...mapping, ...(idFrom !== undefined && { idFrom }) });
  for (const one of of('retry')) {
    if (one.isOk || asked.has('retry')) continue;
    // The response equals that to a new order, which is proposed already.
    if (one.status === created.status) continue;
    if (one.status < 500 && one.status > 0) contract.retryStatuses = [one.status];
    else note(one);
  }
  for (const one of of('conflict')) {
    if (one.isOk || asked.has('conflict')) continue;
    if (isSuccess(one.status)) notOffered.add('conflict');
    else if (isRefusal(one.status)) contract.conflictStatuses = [one.status];
    else note(one);
  }
  for (const one of of('readOrder')) {
    // The API makes its own ids, but was asked for ours.
    if (one.isOk || idFrom !== undefined) continue;
    if (isRefusal(one.status))
      for (const row of ['readOrder', 'readUnknown'] as const) notOffered.add(row);
    else note(one);
  }
  for (const one of of('readUnknown')) {
    if (one.isOk || notOffered.has('readUnknown') || idFrom !== undefined) continue;
    if (isRefusal(one.status)) contract.unknownStatuses = [one.status];
    else note(one);
  }
  const { statuses, accepts } = malformedTerms(of('malformed'), mapping, notes);
  const isAnyText = Object.keys(order).some((key) => key.startsWith('success'));
  if (statuses.length > 0 && !(statuses.join() === '400' && isAnyText)) {
    contract.malformedStatuses = statuses;
  }
  if (idFrom !== undefined) delete accepts.orderId;
  if (Object.keys(accepts).length > 0) contract.accepts = accepts;
  if (notOffered.size > 0) contract.notOffered = [...notOffered];
  if (idFrom !== undefined) {
    notes.push(
      `The API seems to make its own ids (${idFrom}). Run again with this setting, so reads are checked as well.`,
    );
  }
  return { order: { ...order, ...(Object.keys(contract).length > 0 && { contract }) }, notes };
}

function storedOrder({ status, isOk }: Answered, mapping: OrderMapping): object {
  if (isOk) return {};
  return {
    ...(!mapping.successStatuses.includes(status) && { successStatuses: [status] }),
    ...(mapping.successWhen === null && { successBody: null }),
  };
}

function malformedTerms(
  answers: readonly Answered[],
  { contract }: OrderMapping,
  notes: string[],
): { readonly statuses: readonly number[]; readonly accepts: Accepts } {
  const wrong = answers.filter(({ isOk }) => !isOk);
  const refusals = answers.map(({ status }) => status).filter(isRefusal);
  const statuses = [...new Set(refusals)].sort((a, b) => a - b);
  // Another status, or 400 with another body.
  const differs = wrong.some(({ status }) => isRefusal(status));
  const accepts: Accepts = { ...contract.accepts };
  for (const { check, status, got } of wrong) {
    const { field, fault } = check;
    if (isRefusal(status)) continue;
    if (!isSuccess(status) || field === undefined || fault === undefined) {
      notes.push(`A malformed order (${check.name}) was answered with ${got}.`);
      continue;
    }
    const known = accepts[field] ?? [];
    if (known === 'any' || known.includes(fault)) continue;
    const ofField = answers.filter((one) => one.check.field === field);
    const all = new Set([...known, ...ofField.flatMap((one) => one.check.fault ?? [])]);
    accepts[field] = all.size === known.length + 1 ? 'any' : [...known, fault];
  }
  return { statuses: differs ? statuses : [], accepts };
}
