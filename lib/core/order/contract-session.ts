import { type ContractCheck, pathOfOrder } from './contract-checks.ts';
import {
  type ContractAnswer,
  type ContractResult,
  isRefusal,
  judgeContract,
} from './judge-contract.ts';
import { orderIdFrom, unknownIdLike } from './order-id-from.ts';
import type { OrderMapping } from './order-mapping.ts';

/** After so many checks in a row without any answer the others would only wait for their timeouts. */
const MAX_SILENT = 3;
/** After so many from the first on with refused credentials the others would only be refused as well. */
const MAX_REFUSED = 3;

/** The checks of one run, sent one after the other: later ones need what earlier answers said. */
export interface ContractSession {
  /** What to send for a check, which may be known only now; null once it makes no sense to go on. */
  readonly requestOf: (check: ContractCheck) => ContractCheck | null;
  /** What the answer to a request says. */
  readonly take: (request: ContractCheck, answer: ContractAnswer) => readonly ContractResult[];
}

export function contractSession(mapping: OrderMapping): ContractSession {
  let handlerTells = false;
  let silent = 0;
  let refused = 0;
  let onlyRefused = true;
  let serverId: string | null = null;

  return {
    requestOf(check) {
      if (silent >= MAX_SILENT || (onlyRefused && refused >= MAX_REFUSED)) return null;
      if (check.id !== null || !isRead(check) || serverId === null) return check;
      const id = check.row === 'readUnknown' ? unknownIdLike(serverId) : serverId;
      return { ...check, id, path: pathOfOrder(mapping, id) };
    },
    take(request, answer) {
      silent = answer.status === 0 ? silent + 1 : 0;
      if (isRefusal(answer)) refused += 1;
      else if (answer.status !== 0) onlyRefused = false;
      if (request.row === 'newOrder') {
        handlerTells = answer.orderResult !== undefined;
        const { body, location } = answer;
        serverId = mapping.idFrom && orderIdFrom(mapping.idFrom, { body, location });
      }
      if (isRead(request) && request.id === null) {
        return [
          {
            row: request.row,
            verdict: 'notApplicable',
            got: 'the response to the new order had no id',
          },
        ];
      }
      return judgeContract(request, answer, mapping, handlerTells);
    },
  };
}

function isRead({ row }: ContractCheck): boolean {
  return row === 'readOrder' || row === 'readUnknown';
}
