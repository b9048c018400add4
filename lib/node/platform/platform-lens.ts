import type { PlatformReading } from '../../core/lambda/platform-reading.ts';

/** The platform's own counters, whatever the platform is. Every method may reject; no run fails by it. */
export interface PlatformLens {
  readonly name: PlatformReading['lens'];
  /** Notes where the counters stand; to be called before the load. */
  begin(): Promise<void>;
  /** What was counted since `begin`. May be called more than once. */
  read(): Promise<PlatformReading>;
  /** How many messages are in the queue or in flight now, or null where there is none to see. */
  waitingMessages(): Promise<number | null>;
}
