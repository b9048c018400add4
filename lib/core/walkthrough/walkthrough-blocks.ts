import { type MeasuredRun, renderStepBlock, renderSummaryBlock } from './render-block.ts';
import { STEPS } from './steps.ts';

/** Where and when the figures were measured. */
export interface Surroundings {
  readonly cpu: string;
  readonly cpus: number;
  readonly nodeVersion: string;
  readonly k6Version: string;
  /** `-dirty` where files differed from it, or null outside a repository. */
  readonly commit: string | null;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Load average of the machine over the minute before. */
  readonly loadBefore: number;
}

/** Every measured block of docs/walkthrough.md by its id, in the page's order. */
export function walkthroughBlocks(
  measured: readonly MeasuredRun[],
  surroundings: Surroundings,
): ReadonlyMap<string, string> {
  const byId = new Map(measured.map((one) => [one.run.id, one]));
  const seen = new Set<string>();
  const blocks = new Map([['machine', renderSurroundings(surroundings)]]);
  for (const step of STEPS) {
    const columns = step.runs.map((id) => {
      const one = byId.get(id);
      if (one === undefined) throw new Error(`the run ${id} was not made`);
      return one;
    });
    blocks.set(step.id, renderStepBlock(columns, seen));
    for (const id of step.runs) seen.add(id);
  }
  return blocks.set('summary', renderSummaryBlock(measured));
}

function renderSurroundings(of: Surroundings): string {
  const commit = of.commit === null ? 'an unknown commit' : `commit ${shortCommit(of.commit)}`;
  return (
    `Measured on ${of.startedAt.slice(0, 10)} at ${commit}: ${of.cpus} CPUs (${of.cpu}), ` +
    `load average ${of.loadBefore.toFixed(1)} before it began, Node ${of.nodeVersion}, k6 ${of.k6Version}.`
  );
}

function shortCommit(commit: string): string {
  const [hash = '', dirty] = commit.split('-');
  return `\`${hash.slice(0, 10)}\`${dirty === undefined ? '' : ' with changes'}`;
}
