import { availableParallelism } from 'node:os';
import { $ } from 'zx/core';
import type { Gate } from './gates.ts';

export interface GateResult {
  readonly gate: Gate;
  readonly ok: boolean;
  readonly seconds: number;
  /** Everything that it printed. */
  readonly output: string;
}

/** Runs all gates, as many at a time as there are CPUs, and returns how many failed. */
export async function runGates(
  gates: readonly Gate[],
  onResult: (result: GateResult) => void,
): Promise<number> {
  const waiting = [...gates];
  let failed = 0;
  const worker = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) {
      const result = await runGate(gate);
      if (!result.ok) failed += 1;
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return failed;
}

async function runGate(gate: Gate): Promise<GateResult> {
  const startMs = performance.now();
  const quiet = $({ nothrow: true, quiet: true, preferLocal: true });
  const { exitCode, stdout, stderr } = await quiet`${gate.command}`;
  const seconds = (performance.now() - startMs) / 1000;
  return { gate, ok: exitCode === 0, seconds, output: `${stdout}${stderr}` };
}
