import type { DoctorFinding } from './finding.ts';

/** The ways to get a k6, in the order in which a run tries them. */
export interface K6Ways {
  /** The k6 that this machine has already. */
  readonly found:
    | { readonly path: string; readonly version: string; readonly source: string }
    | undefined;
  /** Why the cache folder cannot store a k6; undefined if it can. */
  readonly cacheProblem: string | undefined;
  /** Why the release cannot be downloaded; undefined if it can. */
  readonly downloadProblem: string | undefined;
  /** Why Go cannot build it; undefined if it can. */
  readonly goProblem: string | undefined;
  /** The version that would be downloaded or built. */
  readonly pinnedVersion: string;
}

/** The k6 that a run would use. */
export function k6Finding(ways: K6Ways): DoctorFinding {
  const { found, cacheProblem, downloadProblem, goProblem, pinnedVersion } = ways;
  const common = { name: 'k6', isRequired: true };
  if (found !== undefined) {
    const detail = `${found.version} from ${found.source}: ${found.path}`;
    return { ...common, status: 'ok', detail };
  }
  if (cacheProblem !== undefined) {
    return {
      ...common,
      status: 'missing',
      detail: `none here, and the cache folder cannot store one (${cacheProblem})`,
      mend: 'set ORDER_LOAD_CACHE_DIR to a writable folder, or K6_BIN to a k6 binary',
    };
  }
  if (downloadProblem === undefined) {
    const detail = `none here; the first run downloads ${pinnedVersion}`;
    return { ...common, status: 'ok', detail };
  }
  if (goProblem === undefined) {
    return {
      ...common,
      status: 'warn',
      detail: `none here, and it cannot be downloaded (${downloadProblem}); the first run builds ${pinnedVersion} with Go, if it can reach a Go module proxy`,
      mend: 'npm run provision builds it now, which takes a minute or two',
    };
  }
  return {
    ...common,
    status: 'missing',
    detail: `none here; it can neither be downloaded (${downloadProblem}) nor built (${goProblem})`,
    mend: `install k6 ${pinnedVersion} on PATH or set K6_BIN to its path, set K6_MIRROR to a reachable mirror, or install Go 1.25 or newer`,
  };
}
