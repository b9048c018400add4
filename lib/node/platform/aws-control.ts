import type { PlatformControl } from '../../core/lambda/platform-control.ts';
import { awsProblem } from './aws-problem.ts';

export interface AwsControlOptions {
  /** Null if the SDK finds it. */
  readonly region: string | null;
  /** URL of an emulator; null for AWS, or for what the SDK's own variables say. */
  readonly endpoint: string | null;
}

/** Functions and mappings on AWS, by its SDK, which finds the credentials. */
export function createAwsControl(options: AwsControlOptions): PlatformControl {
  throw awsProblem(new Error(`not written yet`), {
    permission: '',
    subject: '',
    region: options.region,
  });
}
