import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that wait the longest; at the end of all they would wait alone. */
const LONGEST = ['walkthrough', 'nightly-confirm', 'ab', 'calibrate', 'drift', 'nightly'];

/** Vitest's order by size, after the files that take the longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`/e2e/${name}.test.ts`));
      return place < 0 ? LONGEST.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
