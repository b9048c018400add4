import type { LoadPlan } from '../../core/load/load-plan.ts';
import { durationSeconds, peakOf } from '../../core/load/stages.ts';
import { renderProgress } from '../../core/render/progress-line.ts';
import type { LiveView } from '../../core/telemetry/live-view.ts';
import type { OutputStream } from '../cli/output-stream.ts';

/** Shows the progress of a run: in one line that is redrawn, or as plain lines without a terminal. */
export interface Progress {
  readonly show: (live: LiveView) => void;
  readonly end: () => void;
}

/** Also for a terminal that reports a width of 0. */
const DEFAULT_COLUMNS = 100;
const PLAIN_LINE_EVERY_MS = 10_000;

export function createProgress(plan: LoadPlan, stream: OutputStream, colors: boolean): Progress {
  const limits = {
    durationMs: durationSeconds(plan.stages) * 1000,
    maxInFlight: plan.maxInFlight,
    peakPerSecond: peakOf(plan),
  };
  let lastLine = '';
  let lastPlainMs = 0;
  let unshown: LiveView | null = null;
  const render = (live: LiveView): string =>
    renderProgress(live, limits, { colors, width: (stream.columns || DEFAULT_COLUMNS) - 1 });

  if (!stream.isTTY) {
    return {
      show: (live) => {
        unshown = live.elapsedMs > lastPlainMs ? live : null;
        if (live.elapsedMs - lastPlainMs < PLAIN_LINE_EVERY_MS) return;
        lastPlainMs = live.elapsedMs;
        unshown = null;
        stream.write(`${render(live)}\n`);
      },
      end: () => {
        if (unshown !== null) stream.write(`${render(unshown)}\n`);
      },
    };
  }
  return {
    show: (live) => {
      const line = render(live);
      if (line !== lastLine) stream.write(`\r\u001b[2K${line}`);
      lastLine = line;
    },
    end: () => {
      if (lastLine !== '') stream.write('\n');
    },
  };
}
