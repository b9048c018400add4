import type { DoctorFinding } from './finding.ts';

/** What is known about the ways to a k6, in the order in which a run would try them. */
export interface K6Ways {
  /** The k6 that is on this machine already. */
  readonly found:
    | { readonly path: string; readonly version: string; readonly source: string }
    | undefined;
  /** Why the cache folder could not hold a k6; undefined when it could. */
  readonly cacheProblem: string | undefined;
  /** Why the release could not be downloaded; undefined when it could. */
  readonly downloadProblem: string | undefined;
  /** Why Go could not build it; undefined when it could. */
  readonly goProblem: string | undefined;
  /** The version that would be downloaded or built. */
  readonly pinnedVersion: string;
}

/** Which k6 a run would use. */
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
      detail: `none here, and the cache folder cannot take one (${cacheProblem})`,
      mend: 'set ORDER_LOAD_CACHE_DIR to a writable folder, or K6_BIN to a k6',
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
      detail: `none here, and no download (${downloadProblem}); the first run builds ${pinnedVersion} with Go, if a Go module proxy can be reached`,
      mend: 'npm run provision builds it now, in a minute or two',
    };
  }
  return {
    ...common,
    status: 'missing',
    detail: `none here, no download (${downloadProblem}), no build (${goProblem})`,
    mend: `install k6 ${pinnedVersion} on PATH or name it in K6_BIN, set K6_MIRROR to a reachable mirror, or install Go 1.25 or newer`,
  };
}
