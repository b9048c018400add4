import type { PlatformReading } from '../../core/lambda/platform-reading.ts';

/** The counters of any platform. Every method may reject; that never fails a run. */
export interface PlatformLens {
  readonly name: PlatformReading['lens'];
  /** Records the current counters. Call it before the load. */
  begin(): Promise<void>;
  /** What was counted since `begin`. May be called several times. */
  read(): Promise<PlatformReading>;
  /** How many messages are in the queue or in flight now, or null if the queue cannot be seen. */
  waitingMessages(): Promise<number | null>;
}
