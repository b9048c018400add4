import { describe, expect, it } from 'vitest';
import { tuneText } from '../../../../lib/core/render/tune/tune-text.ts';
import { tuneSummary } from '../../../../lib/core/summary/tune/tune-summary.ts';
import type { PowerResult } from '../../../../lib/core/tune/schema/power-schema.ts';
import type { TuneResult } from '../../../../lib/core/tune/schema/tune-schema.ts';
import { sampleTunes } from '../../../page/sample-tunes.ts';
import {
  around,
  sampleBatch,
  sampleBatchCell,
  samplePower,
  sampleTune,
} from '../../tune/sample-tune.ts';

const tunes = new Map(sampleTunes().map(({ name, result }) => [name, result]));
const sample = (name: string): TuneResult => {
  const found = tunes.get(name);
  if (found === undefined) throw new Error(`there is no sample ${name}`);
  return found;
};
const headlineOf = (result: TuneResult) => tuneSummary(result).headline;
const commandsOf = (result: TuneResult) =>
  headlineOf(result).next.flatMap(({ command }) => command ?? []);
const x86 = (memoryMb: number) => ({ memoryMb, architecture: 'x86' as const });

const COMPARE = 'npm run compare -- results/before results/after';

describe('the headline', () => {
  it.each([
    ['a best size', 'measured', '512 MB'],
    ['both processors with an SLO', 'measured', '512 MB on arm'],
    ['no size that keeps the SLO', 'bad', 'No size fits'],
    ['sizes that cannot be told apart', 'open', '512 MB'],
    ['a best batch', 'measured', '100 messages, 1 s window'],
    ['no batch that keeps the SLO', 'bad', 'No setting fits'],
  ])('of %s is %s: %s', (name, tone, word) => {
    expect(headlineOf(sample(name))).toMatchObject({ tone, word });
  });

  it('has the reason of the JSON, what the function has now, and whether the best moved', () => {
    const { reason, others } = headlineOf(sample('a best size'));
    expect(reason).toBe(samplePower().choice.reason);
    expect(others).toEqual([
      'The function has 1,024 MB, which costs 14% more and takes 36% less time.',
      'The best has moved: 256 MB was the best on 1 Nov 2026.',
    ]);
  });

  it('names every size without figures, with the reason', () => {
    const { others } = headlineOf(sample('an interrupted sweep by direct calls'));
    expect(others).toContain('128 MB failed: 50 of 50 invocations timed out after 3 s.');
    expect(others).toContain('1,024 MB was not measured.');
  });

  it('warns of a size that was hardly ever warm, unless an SLO judges it', () => {
    const warned = (sloP95Ms: number | null, share: number) => {
      const power = samplePower({ sloP95Ms });
      const sizes = power.sizes.map((size) => ({ ...size, cold: { ...size.cold, share } }));
      const { others } = headlineOf(sampleTune({ power: { ...power, sizes } }));
      return others.filter((sentence) => sentence.includes('cold starts'));
    };
    expect(warned(null, 0.67)).toEqual([
      expect.stringMatching(
        /^67% of its invocations were cold starts, at \$.* for a million, and its p95 was .* ms: --slo-p95 keeps such sizes out\.$/,
      ),
    ]);
    expect(warned(null, 0.1)).toEqual([]);
    expect(warned(40, 0.67)).toEqual([]);
  });

  it('is open for a sweep in which nothing was measured', () => {
    const { power: _, ...nothing } = sample('a best size');
    expect(headlineOf(nothing)).toMatchObject({ tone: 'open', word: 'No conclusion' });
  });
});

describe('what to do next', () => {
  it('sets the size: of the local order API, or of a function whose callers use an alias', () => {
    expect(commandsOf(sample('a best size'))).toEqual([
      'npm run order-api -- --memory 512',
      COMPARE,
    ]);
    const [set] = commandsOf(
      withSubject(sample('a best size'), { platform: 'aws', region: null, function: 'create' }),
    );
    expect(set).toBe(
      'aws lambda update-function-configuration --function-name create --memory-size 512',
    );
    const onAlias = withSubject(sample('a best size'), {
      platform: 'aws',
      region: 'eu-west-1',
      function: 'create:live',
    });
    expect(commandsOf(onAlias)[0]?.split(' && ')).toEqual([
      'aws lambda update-function-configuration --function-name create --region eu-west-1 --memory-size 512',
      'aws lambda wait function-updated-v2 --function-name create --region eu-west-1',
      'aws lambda update-alias --function-name create --region eu-west-1 --name live --function-version "$(aws lambda publish-version --function-name create --region eu-west-1 --query Version --output text)"',
    ]);
  });

  it('says that another processor takes another deployment', () => {
    const both = sample('both processors with an SLO');
    const texts = (result: TuneResult) => headlineOf(result).next.map(({ text }) => text);
    const deploy = 'Deploy the code for arm64: the command sets the memory alone';
    expect(texts(withSubject(both, { platform: 'aws' }))).toContain(deploy);
    expect(texts(withSubject(sample('a best size'), { platform: 'aws' }))).not.toContain(deploy);
  });

  it('sets nothing that is set already', () => {
    const result = sampleTune({ power: samplePower({}, { chosen: x86(1024) }) });
    expect(headlineOf(result).others).toContain('The function has 1,024 MB already.');
    expect(headlineOf(result).next).toEqual([]);
  });

  it('sets the batch of a mapping', () => {
    expect(commandsOf(sample('a best batch'))).toEqual([
      'npm run order-api -- --queue --batch-size 100 --batch-window-seconds 1',
      COMPARE,
    ]);
    const onAws = withSubject(sample('a best batch'), { platform: 'aws', mapping: 'a-uuid' });
    expect(commandsOf(onAws)).toEqual([
      'aws lambda update-event-source-mapping --uuid a-uuid --batch-size 100 --maximum-batching-window-in-seconds 1',
      COMPARE,
    ]);
  });

  it('puts back what is not back, then goes on with what was interrupted', () => {
    expect(commandsOf(sample('an interrupted sweep by direct calls'))).toEqual([
      'npm run tune -- --restore',
      'npm run tune:power -- --resume results/tune/20261130-190000-abcd',
    ]);
  });

  it.each([
    // Half widths of 1.5% that have to become 0.8% take 3.5 times the rounds; those of 0.5%, twice.
    [1.018, 0.015, 11],
    [1.03, 0.005, 6],
    [1.012, 0.03, null],
  ])(
    'measures sizes again of which one costs %d times the other, ±%d, in %j rounds',
    (ratio, spread, rounds) => {
      const next = headlineOf(openAt(ratio, spread)).next[0];
      expect(next?.command ?? null).toBe(
        rounds === null
          ? null
          : `npm run tune:power -- --rate 50 --memory 256,512 --rounds ${rounds}`,
      );
    },
  );

  it('keeps the other options of the sweep, and quotes them for a shell', () => {
    const open = openAt(1.03, 0.005);
    const command = ['--memory', '128,256,512', '--rounds=3', '--label', "it's"];
    expect(commandsOf({ ...open, run: { ...open.run, command } })[0]).toBe(
      "npm run tune:power -- --memory 256,512 --rounds=6 --label 'it'\\''s'",
    );
  });

  it('tries larger sizes if none keeps the SLO, while there are larger ones', () => {
    expect(commandsOf(sample('no size that keeps the SLO'))).toEqual([
      'npm run tune:power -- --rate 50 --memory 5120,10240',
    ]);
  });
});

describe('the charts', () => {
  it('have a line for each processor, each figure with its interval, and the best marked', () => {
    const { plots } = tuneSummary(sample('both processors with an SLO'));
    expect(plots.map(({ id }) => id)).toEqual(['cost', 'duration', 'p95']);
    const power = sample('both processors with an SLO').power as PowerResult;
    const [cost, , p95] = plots;
    expect(cost?.lines.map(({ name }) => name)).toEqual(['x86', 'arm']);
    const arm = power.sizes.filter(({ architecture }) => architecture === 'arm');
    expect(cost?.lines[1]?.points).toEqual(
      arm.map(({ memoryMb, costPerMillionUsd }) => [memoryMb, costPerMillionUsd?.value]),
    );
    expect(cost?.lines[1]?.intervals).toEqual(
      arm.map(({ memoryMb, costPerMillionUsd: usd }) => [memoryMb, usd?.low, usd?.high]),
    );
    const best = arm.find(({ memoryMb }) => memoryMb === 512);
    expect(cost?.marks).toEqual([
      { x: 512, y: best?.costPerMillionUsd?.value, label: 'best: arm' },
    ]);
    expect(p95?.levels).toEqual([{ y: 40, label: 'SLO 40 ms' }]);
  });

  it('draw the front through the cells that are on it, in the order of their cost', () => {
    const batch = sampleBatch();
    const [front] = tuneSummary(sampleTune({ batch })).plots;
    const on = batch.cells.filter(({ isOnFront }) => isOnFront);
    const [line, off] = front?.lines ?? [];
    expect(line?.points.map(([, lag]) => lag)).toEqual(
      on
        .toSorted(
          (a, b) =>
            (a.load?.costPerMillionUsd?.value ?? 0) - (b.load?.costPerMillionUsd?.value ?? 0),
        )
        .map(({ load }) => load?.lagMs.p95?.value),
    );
    const drawn = [...(line?.points ?? []), ...(off?.points ?? [])];
    expect(drawn).toHaveLength(batch.cells.filter(({ load }) => load !== null).length);
    // A plot has one value of a line at an x, and some cells cost the same.
    expect(new Set(drawn.map(([x]) => x)).size).toBe(drawn.length);
    expect(front?.marks?.map(({ label }) => label)).toEqual(['best: 100 messages, 1 s window']);
  });
});

it('draws no front through a cell that another one beats, though not for certain', () => {
  const cells = [sampleBatchCell(10, 0), sampleBatchCell(10, 1)].map((cell) => ({
    ...cell,
    isOnFront: true,
  }));
  const slower = { ...sampleBatchCell(1, 1), isOnFront: true };
  const batch = sampleBatch({ cells: [...cells, slower] }, { chosen: null });
  const [front] = tuneSummary(sampleTune({ batch })).plots;
  expect(front?.lines.map(({ name, points }) => [name, points.length])).toEqual([
    ['On the front', 2],
    ['May be on the front', 1],
  ]);
});

it('only links to the viewer of AWS Lambda Power Tuning', () => {
  const power = samplePower();
  const [entry] = power.powerTuning;
  const evil = 'javascript:alert(1)//https://lambda-power-tuning.show/#';
  const viewersOf = (addresses: readonly string[]) =>
    tuneSummary(
      sampleTune({
        power: {
          ...power,
          powerTuning: addresses.map((visualization) => ({
            architecture: 'x86',
            output: entry?.output,
            visualization,
          })),
        },
      }),
    ).viewers.map(({ address }) => address);
  const good = entry?.visualization ?? '';
  expect(viewersOf([good, evil])).toEqual([good]);
});

it.each(sampleTunes())('fits a terminal of 80 columns: $name', ({ result }) => {
  const lines = tuneText(result, { colors: false, width: 80 }).split('\n');
  const isCommand = (line: string) => /^ {6}\S/.test(line);
  for (const line of lines.filter((one) => !isCommand(one))) {
    expect(line.length, line).toBeLessThanOrEqual(80);
  }
});

function withSubject(result: TuneResult, subject: Partial<TuneResult['subject']>): TuneResult {
  const state = Object.values(result.subject.before.functions)[0];
  const name = subject.function ?? result.subject.function;
  return {
    ...result,
    subject: {
      ...result.subject,
      ...subject,
      before: {
        ...result.subject.before,
        functions: state === undefined ? {} : { [name]: state },
      },
    },
  };
}

/** A sweep in which 256 MB costs so many times what 512 MB does, with half an interval of `spread`. */
function openAt(ratio: number, spread: number): TuneResult {
  const power = samplePower({}, { notToldApart: [x86(256)] });
  const cost = { value: ratio, low: ratio - spread, high: ratio + spread };
  return sampleTune({
    power: {
      ...power,
      sizes: power.sizes.map((size) =>
        size.memoryMb === 256 ? { ...size, againstChosen: { duration: around(1.7), cost } } : size,
      ),
    },
  });
}
