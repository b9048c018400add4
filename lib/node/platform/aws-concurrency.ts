import {
  DeleteFunctionConcurrencyCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetFunctionConcurrencyCommand,
  GetProvisionedConcurrencyConfigCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import type { FunctionName } from '../../core/lambda/function-name.ts';
import type { AwsAsk } from './aws-ask.ts';

export interface AwsConcurrency {
  /** Null for none. */
  readReserved(): Promise<number | null>;
  /** Environments asked for on the alias; 0 without one. */
  readProvisioned(): Promise<number>;
  /** Changes what is not undefined; waits until the provisioned environments are ready, even if they only follow the alias. */
  set(reserved: number | null | undefined, provisioned: number | undefined): Promise<void>;
}

/** Reserved concurrency of a Lambda function, and provisioned concurrency on its alias. */
export function createAwsConcurrency(
  lambda: LambdaClient,
  ask: AwsAsk,
  { name, alias }: FunctionName,
): AwsConcurrency {
  async function readReserved(): Promise<number | null> {
    const { ReservedConcurrentExecutions } = await ask('lambda:GetFunctionConcurrency', () =>
      lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: name })),
    );
    return ReservedConcurrentExecutions ?? null;
  }

  async function setReserved(reserved: number | null): Promise<void> {
    if (reserved === null) {
      await ask('lambda:DeleteFunctionConcurrency', () =>
        lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: name })),
      );
      return;
    }
    const setting = { FunctionName: name, ReservedConcurrentExecutions: reserved };
    await ask('lambda:PutFunctionConcurrency', () =>
      lambda.send(new PutFunctionConcurrencyCommand(setting)),
    );
  }

  async function lookAtProvisioned(alias: string) {
    const target = { FunctionName: name, Qualifier: alias };
    return ask('lambda:GetProvisionedConcurrencyConfig', () =>
      lambda
        .send(new GetProvisionedConcurrencyConfigCommand(target))
        .catch((error: { readonly name?: unknown }) => {
          if (error.name === 'ProvisionedConcurrencyConfigNotFoundException') return null;
          throw error;
        }),
    );
  }

  async function readProvisioned(): Promise<number> {
    if (alias === null) return 0;
    return (await lookAtProvisioned(alias))?.RequestedProvisionedConcurrentExecutions ?? 0;
  }

  async function setProvisioned(provisioned: number): Promise<void> {
    const now = await readProvisioned();
    if (alias === null) {
      if (provisioned === now) return;
      throw ask.refused('provisioned concurrency needs an alias; name it, as in NAME:ALIAS');
    }
    const target = { FunctionName: name, Qualifier: alias };
    if (provisioned === 0) {
      if (now === 0) return;
      await ask('lambda:DeleteProvisionedConcurrencyConfig', () =>
        lambda.send(new DeleteProvisionedConcurrencyConfigCommand(target)),
      );
      return;
    }
    if (provisioned !== now) {
      const setting = { ...target, ProvisionedConcurrentExecutions: provisioned };
      await ask('lambda:PutProvisionedConcurrencyConfig', () =>
        lambda.send(new PutProvisionedConcurrencyConfigCommand(setting)),
      );
    }
    const ready = await ask.until(
      () => lookAtProvisioned(alias),
      (state) => state?.Status !== 'IN_PROGRESS',
    );
    if (ready?.Status === 'FAILED') {
      throw ask.refused(`no provisioned concurrency: ${ready.StatusReason ?? 'no reason given'}`);
    }
  }

  return {
    readReserved,
    readProvisioned,
    async set(reserved, provisioned = undefined) {
      const target = provisioned ?? (await readProvisioned());
      if (reserved === undefined) return setProvisioned(target);
      const now = await readReserved();
      // It may never be below the provisioned concurrency, so the larger of the two goes first.
      const isTighter = reserved !== null && (now === null || reserved < now);
      if (!isTighter && reserved !== now) await setReserved(reserved);
      await setProvisioned(target);
      if (isTighter) await setReserved(reserved);
    },
  };
}
