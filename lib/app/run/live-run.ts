import type { LoadPlan } from '../../core/load/load-plan.ts';
import { durationSeconds } from '../../core/load/stages.ts';
import type { PageAssets } from '../../core/render/html/page-frame.ts';
import { renderHtml } from '../../core/render/html/render-html.ts';
import { buildReport } from '../../core/report/build-report.ts';
import type { LiveView } from '../../core/telemetry/live-view.ts';
import type { RunnerTelemetry } from '../../core/telemetry/tally.ts';
import { startLiveServer } from '../../node/live/live-server.ts';
import type { Cleanups } from './cleanups.ts';
import { type ContextInput, runContext } from './run-context.ts';

/** What is known about a load in progress. */
export interface TelemetrySoFar {
  readonly soFar: () => readonly RunnerTelemetry[];
  readonly live: () => LiveView;
}

/** Shows the report of a run in progress. */
export interface LiveRun {
  readonly follow: (plan: LoadPlan, telemetry: TelemetrySoFar) => void;
  /** Shows the final page, as written to disk. */
  readonly finish: (page: string) => Promise<void>;
}

type LiveContext = Omit<
  ContextInput,
  'execution' | 'seen' | 'endedAt' | 'interrupted' | 'gitCommit'
>;

/** Serves the report of a run on loopback until the command ends; without --live it does nothing. */
export async function startLiveRun(
  context: LiveContext,
  page: PageAssets,
  say: (line: string) => void,
  cleanups: Cleanups,
): Promise<LiveRun> {
  if (!context.config.live) return { follow: () => undefined, finish: async () => undefined };
  let plan = context.plan;
  let telemetry: TelemetrySoFar | null = null;
  const server = await startLiveServer(() => {
    const runners = telemetry?.soFar() ?? [];
    const soFar = runContext(contextOf(context, runners));
    const report = buildReport({ plan, runners, context: soFar, isGoingOn: true });
    const plannedMs = durationSeconds(plan.stages) * 1000;
    return renderHtml(report, page, { elapsedMs: telemetry?.live().elapsedMs ?? 0, plannedMs });
  });
  cleanups.add(() => server.close());
  say(`live      ${server.url}`);
  return {
    follow: (of, source) => {
      plan = of;
      telemetry = source;
    },
    finish: (last) => server.finish(last),
  };
}

/** The context of a run that has not ended yet. */
function contextOf(context: LiveContext, runners: readonly RunnerTelemetry[]): ContextInput {
  const k6 = {
    exitCode: null,
    signal: null,
    exceptions: [],
    telemetryFaults: [],
    handedOver: [],
    failures: [],
  };
  return {
    ...context,
    gitCommit: null,
    endedAt: new Date(),
    interrupted: false,
    seen: {},
    execution: {
      k6: { ...k6, lastError: null, logFault: null },
      nameServerFailed: false,
      heldBack: { quotaMs: null, pressureShare: null },
      usage: { cpuSeconds: null, peakRssBytes: null, peakCpuShare: null, saturatedMs: null },
      runners,
      telemetryFaults: [],
      abortReason: null,
      exact: undefined,
    },
  };
}
