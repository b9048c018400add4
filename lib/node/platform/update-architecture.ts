import {
  type FunctionConfiguration,
  GetFunctionCommand,
  type LambdaClient,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { request } from 'undici';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { Architecture } from '../../core/lambda/platform-control.ts';
import type { AwsAsk } from './aws-ask.ts';

export interface ArchitectureUpdate {
  readonly name: string;
  readonly latest: FunctionConfiguration;
  readonly architecture: Architecture;
}

/** Lambda takes no larger package from a caller; larger ones come from S3. */
const MAX_PACKAGE_MB = 50;
const MEGABYTE = 1024 * 1024;

/**
 * Changes the architecture of a function. Lambda does that only together with the code, so the code is read from where
 * Lambda keeps it, and given back as it is.
 *
 * @throws UserError if the code is a container image, or too large to be given back.
 */
export async function updateArchitecture(
  lambda: LambdaClient,
  ask: AwsAsk,
  { name, latest, architecture }: ArchitectureUpdate,
): Promise<void> {
  const cannot = (why: string) =>
    new UserError(
      'E_PLATFORM_REFUSED',
      `the architecture of ${name} cannot be changed here, because ${why}; deploy it as ${architecture} and tune that`,
    );
  if (latest.PackageType === 'Image') throw cannot('its code is a container image');
  if ((latest.CodeSize ?? 0) > MAX_PACKAGE_MB * MEGABYTE) {
    throw cannot(`its package is larger than ${MAX_PACKAGE_MB} MB`);
  }
  const { Code } = await ask('lambda:GetFunction', () =>
    lambda.send(new GetFunctionCommand({ FunctionName: name })),
  );
  if (Code?.Location === undefined) throw cannot('Lambda does not give out its code');
  const { Location } = Code;
  const zip = await ask('lambda:GetFunction', () => download(Location, name));
  await ask('lambda:UpdateFunctionCode', () =>
    lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: name,
        ZipFile: zip,
        Architectures: [architecture === 'arm' ? 'arm64' : 'x86_64'],
      }),
    ),
  );
}

async function download(url: string, name: string): Promise<Uint8Array> {
  const { statusCode, body } = await request(url);
  if (statusCode === 200) return body.bytes();
  await body.dump();
  throw new UserError(
    'E_PLATFORM_UNREACHABLE',
    `the code of ${name} could not be read from where Lambda keeps it: it answered ${statusCode}`,
    EXIT.environment,
  );
}
