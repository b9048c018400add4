import type { LambdaClient } from '@aws-sdk/client-lambda';
import { readFunctionConfiguration } from './function-configuration.ts';

/** The log group that a function (`NAME` or `NAME:ALIAS`) writes to, as its configuration says. */
export async function readLogGroup(client: LambdaClient, functionName: string): Promise<string> {
  return (await readFunctionConfiguration(client, functionName)).logGroup;
}
