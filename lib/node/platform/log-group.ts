import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { parseFunctionName } from '../../core/lambda/function-name.ts';

/** The log group that a function (`NAME` or `NAME:ALIAS`) writes to, as its configuration says. */
export async function readLogGroup(client: LambdaClient, functionName: string): Promise<string> {
  const { name, alias } = parseFunctionName(functionName);
  const { LoggingConfig } = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: name, ...(alias && { Qualifier: alias }) }),
  );
  return LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`;
}
