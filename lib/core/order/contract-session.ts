import { type ContractCheck, pathOfOrder } from './contract-checks.ts';
import {
  type ContractAnswer,
  type ContractResult,
  isRefusal,
  judgeContract,
} from './judge-contract.ts';
import { orderIdFrom, unknownIdLike } from './order-id-from.ts';
import type { OrderMapping } from './order-mapping.ts';

/** After this many checks in a row without a response, the rest would only wait for their timeouts. */
const MAX_SILENT = 3;
/** If this many responses, and all so far, are refusals for the credentials, the rest would be refused, too. */
const MAX_REFUSED = 3;

/** The checks of one run, sent one after another: later ones need data from earlier responses. */
export interface ContractSession {
  /** Returns the request for a check, completed with what is known by now, or null if going on is useless. */
  readonly requestOf: (check: ContractCheck) => ContractCheck | null;
  /** Judges the response to a request. */
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
