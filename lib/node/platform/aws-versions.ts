import {
  DeleteFunctionCommand,
  GetAliasCommand,
  type LambdaClient,
  PublishVersionCommand,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import type { AwsAsk } from './aws-ask.ts';

/** Descriptions of versions that are published here start with it, so that no other is ever deleted. */
const MARK = 'order-load tune: ';

export interface AwsVersions {
  readAlias(alias: string): Promise<{ readonly version: string; readonly isSplit: boolean }>;
  moveAlias(alias: string, version: string): Promise<void>;
  /**
   * Publishes `$LATEST` and returns the number of the version; if nothing changed, that of the last one. AWS refuses it
   * if the code is not the one with this hash.
   */
  publish(description: string, codeSha256: string | undefined): Promise<string>;
  /** Deletes the versions that `publish` made, but for those that an alias points to. */
  removePublished(): Promise<void>;
}

/** Versions and aliases of one Lambda function. */
export function createAwsVersions(lambda: LambdaClient, ask: AwsAsk, name: string): AwsVersions {
  async function readAlias(alias: string) {
    const { FunctionVersion = '$LATEST', RoutingConfig } = await ask('lambda:GetAlias', () =>
      lambda.send(new GetAliasCommand({ FunctionName: name, Name: alias })),
    );
    const weights = RoutingConfig?.AdditionalVersionWeights ?? {};
    return { version: FunctionVersion, isSplit: Object.keys(weights).length > 0 };
  }

  async function listVersions(): Promise<{ version: string; isPublished: boolean }[]> {
    return ask('lambda:ListVersionsByFunction', async () => {
      const found = [];
      const pages = paginateListVersionsByFunction({ client: lambda }, { FunctionName: name });
      for await (const { Versions = [] } of pages) {
        for (const { Version = '', Description = '' } of Versions) {
          found.push({ version: Version, isPublished: Description.startsWith(MARK) });
        }
      }
      return found;
    });
  }

  return {
    readAlias,
    async moveAlias(alias, version) {
      if ((await readAlias(alias)).version === version) return;
      await ask('lambda:UpdateAlias', () =>
        lambda.send(
          new UpdateAliasCommand({ FunctionName: name, Name: alias, FunctionVersion: version }),
        ),
      );
    },
    async publish(description, codeSha256) {
      const { Version } = await ask('lambda:PublishVersion', () =>
        lambda.send(
          new PublishVersionCommand({
            FunctionName: name,
            Description: MARK + description,
            ...(codeSha256 !== undefined && { CodeSha256: codeSha256 }),
          }),
        ),
      );
      if (Version === undefined) throw new Error('AWS did not name the version it published');
      return Version;
    },
    async removePublished() {
      for (const { version, isPublished } of await listVersions()) {
        // Without a number the function itself would be deleted.
        if (!isPublished || !/^\d+$/.test(version)) continue;
        await ask('lambda:DeleteFunction', () =>
          lambda
            .send(new DeleteFunctionCommand({ FunctionName: name, Qualifier: version }))
            .catch((error: unknown) => {
              // An alias points to it.
              if (!(error instanceof Error) || error.name !== 'ResourceConflictException') {
                throw error;
              }
            }),
        );
      }
    },
  };
}
