import type * as z from 'zod';
import type { Architecture } from '../config/options/function-options.ts';
import { concurrencyProblem, type OrderApiConfig } from '../config/order-api-config.ts';
import type { Account } from '../lambda/account.ts';
import type { ChangeableFunction, LocalPlatform } from '../local/local-platform.ts';
import { ControlRefusal } from './control-refusal.ts';
import type { functionChange } from './parse-change.ts';

/** The settings of a function, as they are sent. */
export interface FunctionAnswer {
  readonly memoryMb: number;
  readonly architecture: Architecture;
  readonly timeoutMs: number;
  readonly reservedConcurrency: number | null;
  /** Null if the function was named without its alias. */
  readonly alias: {
    readonly name: string;
    readonly version: string;
    readonly provisionedConcurrency: number;
  } | null;
}

export interface FunctionControl {
  /** @throws ControlRefusal (404) if there is no such function or alias. */
  find(name: string): ChangeableFunction;
  read(name: string): FunctionAnswer;
  /** @throws ControlRefusal if AWS would refuse the change. */
  change(name: string, change: z.infer<typeof functionChange>): FunctionAnswer;
}

/** The alias that every function has. There are no versions: it stands for the function as it is. */
const ALIAS = 'live';
const VERSION = '1';
/** AWS keeps at least this many environments of an account for functions without reserved concurrency. */
const MIN_UNRESERVED = 100;

export function createFunctionControl(
  { account, functions }: Pick<LocalPlatform, 'account' | 'functions'>,
  config: Pick<OrderApiConfig, 'timeoutMs' | 'accountConcurrency'>,
): FunctionControl {
  // A deployment may start with fewer, and can be put back.
  const minUnreserved = Math.min(MIN_UNRESERVED, account.unclaimedConcurrency());

  function find(name: string) {
    const [functionName, alias] = name.split(':');
    const found = functions.find((one) => one.name === functionName);
    if (found === undefined) {
      const names = functions.map((one) => one.name).join(', ');
      throw new ControlRefusal(404, `there is no function ${functionName}: choose ${names}`);
    }
    if (alias !== undefined && alias !== ALIAS) {
      throw new ControlRefusal(
        404,
        `the function ${functionName} has no alias ${alias}: its only one is ${ALIAS}`,
      );
    }
    return { found, alias };
  }

  function read(name: string): FunctionAnswer {
    const { found, alias } = find(name);
    const { provisionedConcurrency, ...settings } = found.settings();
    return {
      ...settings,
      timeoutMs: config.timeoutMs,
      alias: alias === undefined ? null : { name: alias, version: VERSION, provisionedConcurrency },
    };
  }

  return {
    find: (name) => find(name).found,
    read,
    change(name, change) {
      const { found, alias } = find(name);
      if (change.provisionedConcurrency !== undefined && alias === undefined) {
        throw new ControlRefusal(
          400,
          `provisioned concurrency belongs to an alias: name the function ${name}:${ALIAS}`,
        );
      }
      const before = found.settings();
      const after = { ...before, ...change };
      const problem =
        concurrencyProblem({ ...config, ...after }) ??
        unreservedProblem(account, claimOf(before), claimOf(after), minUnreserved);
      if (problem !== null) throw new ControlRefusal(400, problem);
      if (Object.keys(change).some((key) => isChanged(before, after, key))) found.change(after);
      return read(name);
    },
  };
}

function isChanged(before: object, after: object, key: string): boolean {
  return before[key as keyof typeof before] !== after[key as keyof typeof after];
}

interface Claim {
  readonly reservedConcurrency: number | null;
  readonly provisionedConcurrency: number;
}

/** Concurrency of the account that a function keeps for itself. */
function claimOf({ reservedConcurrency, provisionedConcurrency }: Claim): number {
  return reservedConcurrency ?? provisionedConcurrency;
}

function unreservedProblem(
  account: Account,
  before: number,
  after: number,
  minUnreserved: number,
): string | null {
  const left = account.unclaimedConcurrency() + before - after;
  if (after <= before || left >= minUnreserved) return null;
  return `that would leave ${left} environments unreserved: AWS keeps at least ${MIN_UNRESERVED} of an account unreserved`;
}
