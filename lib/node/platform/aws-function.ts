import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { parseFunctionName } from '../../core/lambda/function-name.ts';
import type {
  Architecture,
  FunctionChange,
  FunctionState,
} from '../../core/lambda/platform-control.ts';
import { type AwsPlace, askAbout } from './aws-ask.ts';
import { createAwsConcurrency } from './aws-concurrency.ts';
import { createAwsVersions } from './aws-versions.ts';
import { updateArchitecture } from './update-architecture.ts';

export interface AwsFunctionControl {
  read(): Promise<FunctionState>;
  change(change: FunctionChange): Promise<void>;
  restore(before: FunctionState): Promise<void>;
}

const MIN_MEMORY_MB = 128;
const MAX_MEMORY_MB = 10_240;

/** The settings of one Lambda function, `NAME` or `NAME:ALIAS`. */
export function createAwsFunction(
  lambda: LambdaClient,
  place: AwsPlace,
  functionName: string,
): AwsFunctionControl {
  const { name, alias } = parseFunctionName(functionName);
  const ask = askAbout(`function ${functionName}`, place);
  const versions = createAwsVersions(lambda, ask, name);
  const concurrency = createAwsConcurrency(lambda, ask, { name, alias });

  /** Of a version or an alias; null for `$LATEST`. */
  function readConfiguration(qualifier: string | null): Promise<FunctionConfiguration> {
    const of = { FunctionName: name, ...(qualifier !== null && { Qualifier: qualifier }) };
    return ask('lambda:GetFunctionConfiguration', () =>
      lambda.send(new GetFunctionConfigurationCommand(of)),
    );
  }

  /** The configuration once an update of `$LATEST`, or a new version, has taken effect. */
  async function settled(qualifier: string | null): Promise<FunctionConfiguration> {
    const now = await ask.until(
      () => readConfiguration(qualifier),
      ({ LastUpdateStatus, State }) => LastUpdateStatus !== 'InProgress' && State !== 'Pending',
    );
    if (now.LastUpdateStatus !== 'Failed' && now.State !== 'Failed') return now;
    const reason = now.LastUpdateStatusReason ?? now.StateReason ?? 'AWS gives no reason';
    throw ask.refused(`its update failed: ${reason}`);
  }

  /** Brings `$LATEST` to a memory and an architecture; Lambda takes one of them at a time. */
  async function updateLatest(memoryMb: number, architecture: Architecture): Promise<void> {
    const latest = await settled(null);
    if (architectureOf(latest) !== architecture) {
      await updateArchitecture(lambda, ask, { name, latest, architecture });
      await settled(null);
    }
    if (latest.MemorySize === memoryMb) return;
    await ask('lambda:UpdateFunctionConfiguration', () =>
      lambda.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: name, MemorySize: memoryMb }),
      ),
    );
    await settled(null);
  }

  async function readAlias(aliasName: string, latest: FunctionConfiguration) {
    const { version, isSplit } = await versions.readAlias(aliasName);
    if (isSplit) {
      throw ask.refused('its alias splits the calls between two versions; send all to one first');
    }
    const different = differentSettings(latest, await readConfiguration(aliasName));
    if (different.length > 0) {
      throw ask.refused(
        `$LATEST differs from version ${version} behind the alias (${different.join(', ')}) and would go live; publish $LATEST, or undo its changes`,
      );
    }
    return {
      name: aliasName,
      version,
      provisionedConcurrency: await concurrency.readProvisioned(),
    };
  }

  return {
    async read() {
      const latest = await settled(null);
      return {
        memoryMb: latest.MemorySize ?? NaN,
        architecture: architectureOf(latest),
        timeoutMs: (latest.Timeout ?? NaN) * 1000,
        reservedConcurrency: await concurrency.readReserved(),
        alias: alias === null ? null : await readAlias(alias, latest),
      };
    },
    async change(change) {
      const live = await readConfiguration(alias);
      const { memoryMb = live.MemorySize ?? NaN, architecture = architectureOf(live) } = change;
      if (!Number.isInteger(memoryMb) || memoryMb < MIN_MEMORY_MB || memoryMb > MAX_MEMORY_MB) {
        throw ask.refused(`memory is ${MIN_MEMORY_MB} to ${MAX_MEMORY_MB} MB, not ${memoryMb}`);
      }
      if (live.MemorySize !== memoryMb || architectureOf(live) !== architecture) {
        await updateLatest(memoryMb, architecture);
        // An alias of `$LATEST` needs no version.
        if (alias !== null && live.Version !== '$LATEST') {
          const description = `${memoryMb} MB, ${architecture}`;
          const version = await versions.publish(description, live.CodeSha256);
          await settled(version);
          await versions.moveAlias(alias, version);
        }
      }
      await concurrency.set(change.reservedConcurrency, change.provisionedConcurrency);
    },
    async restore(before) {
      await updateLatest(before.memoryMb, before.architecture);
      if (before.alias !== null) {
        await versions.moveAlias(before.alias.name, before.alias.version);
      }
      await concurrency.set(before.reservedConcurrency, before.alias?.provisionedConcurrency ?? 0);
      if (before.alias !== null) await versions.removePublished();
    },
  };
}

function architectureOf({ Architectures }: FunctionConfiguration): Architecture {
  return Architectures?.includes('arm64') ? 'arm' : 'x86';
}

/** What goes live with a version. */
const LIVE_SETTINGS = [
  'Architectures',
  'CodeSha256',
  'Environment',
  'EphemeralStorage',
  'FileSystemConfigs',
  'Handler',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'Role',
  'Runtime',
  'Timeout',
  'TracingConfig',
  'VpcConfig',
] as const;

function differentSettings(one: FunctionConfiguration, other: FunctionConfiguration): string[] {
  return LIVE_SETTINGS.filter((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));
}
