import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that wait the longest; at the end of all they would wait alone. */
const LONGEST = [
  'e2e/tune-batch',
  'e2e/walkthrough',
  'e2e/nightly-confirm',
  'e2e/ab',
  'e2e/calibrate',
  'e2e/drift',
  'e2e/nightly',
  'queue/queue-path.integration',
];

/** Vitest's order by size, after the files that take the longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return place < 0 ? LONGEST.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
