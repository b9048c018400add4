import type { ControlAddress, PlatformControl } from '../../core/lambda/platform-control.ts';
import { openLocalControl, readControlInstance } from '../../node/platform/local-control.ts';

/**
 * The control of the platform at an address, from any process. Null if a local order API has ended, or another one is in
 * its place: its settings ended with it.
 *
 * @throws UserError E_PLATFORM_UNREACHABLE (exit 4) if the platform does not answer as it should.
 */
export async function openControl(address: ControlAddress): Promise<PlatformControl | null> {
  if (address.platform === 'aws') {
    // The SDK takes a while to load.
    const { createAwsControl } = await import('../../node/platform/aws-control.ts');
    return createAwsControl(address);
  }
  const { baseUrl, instance } = address;
  return (await readControlInstance(baseUrl)) === instance ? openLocalControl(baseUrl) : null;
}
