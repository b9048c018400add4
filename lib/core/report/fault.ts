/** Why no conclusion can be drawn from a run, so that the reader can be told what to do. */
export type FaultCause =
  | 'noTelemetry'
  | 'telemetryIncomplete'
  | 'telemetryWrong'
  | 'k6Killed'
  | 'k6Failed'
  | 'notStarted'
  | 'noOutcome'
  | 'scenarioThrew'
  | 'unreachable'
  | 'offeredTooFew'
  | 'token'
  | 'bunched'
  | 'saturated'
  | 'dropped'
  | 'late';

/** One thing that was wrong with a run itself, and what it means, in one or two sentences. */
export interface Fault {
  readonly cause: FaultCause;
  readonly text: string;
}
