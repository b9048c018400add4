import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { parseFunctionName } from '../../core/lambda/function-name.ts';
import type { Architecture } from '../../core/lambda/platform-control.ts';

export interface FunctionConfiguration {
  readonly logGroup: string;
  readonly memoryMb: number;
  readonly architecture: Architecture;
  /** The version that the alias names; null without an alias. */
  readonly version: string | null;
}

/** Reads how a function (`NAME` or `NAME:ALIAS`) is configured, with AWS's defaults where its answer has nothing. */
export async function readFunctionConfiguration(
  client: LambdaClient,
  functionName: string,
): Promise<FunctionConfiguration> {
  const { name, alias } = parseFunctionName(functionName);
  const found = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: name, ...(alias && { Qualifier: alias }) }),
  );
  return {
    logGroup: found.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    memoryMb: found.MemorySize ?? 128,
    architecture: found.Architectures?.[0] === 'arm64' ? 'arm' : 'x86',
    version: alias === null ? null : (found.Version ?? null),
  };
}
