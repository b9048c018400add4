import { expect, it } from 'vitest';
import type { UserError } from '../../../lib/core/errors/user-error.ts';
import type { PlatformControl } from '../../../lib/core/lambda/platform-control.ts';

/** A control and what it may change, whatever the platform. */
export interface ControlUnderTest {
  readonly control: PlatformControl;
  /** A function with an alias, as `NAME:ALIAS`. */
  readonly aliasedFunction: string;
  /** JSON text of an event that the function answers. */
  readonly event: string;
  readonly mappingId: string;
  /** The function that the mapping calls. */
  readonly writer: string;
}

/** What a platform is known not to do as AWS does. */
export interface ControlGaps {
  /** It takes a batch of more than 10 without a window. */
  readonly takesBatchWithoutWindow?: boolean;
  /** It takes any amount of memory. */
  readonly takesAnyMemory?: boolean;
}

const PATIENCE = { timeout: 30_000, interval: 100 };

/**
 * Registers the tests that every PlatformControl has to pass; call it within a `describe` whose hooks start and stop the
 * platform. Each test puts back what it changes.
 */
export function itKeepsTheControlContract(
  given: () => ControlUnderTest,
  gaps: ControlGaps = {},
): void {
  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'no error',
      (error: UserError) => (/\n/.test(error.message) ? 'more than one line' : error.code),
    );
  const memoryOf = async () => {
    const { control, aliasedFunction, event } = given();
    const { kind, report } = await control.invoke(aliasedFunction, event);
    expect(kind).toBe('answered');
    return report?.memorySizeMb;
  };

  it('reads a function by its name, and by its alias', async () => {
    const { control, aliasedFunction } = given();
    const [name = '', alias = ''] = aliasedFunction.split(':');
    const plain = await control.readFunction(name);
    const aliased = await control.readFunction(aliasedFunction);
    expect(plain.alias).toBeNull();
    expect(aliased).toEqual({ ...plain, alias: aliased.alias });
    expect(aliased.alias).toMatchObject({ name: alias, provisionedConcurrency: 0 });
    expect(plain.memoryMb).toBeGreaterThanOrEqual(128);
  });

  it('changes memory for all calls that follow, and nothing else; twice is as good as once', async () => {
    const { control, aliasedFunction } = given();
    const before = await control.readFunction(aliasedFunction);
    const memoryMb = before.memoryMb === 512 ? 768 : 512;
    await control.changeFunction(aliasedFunction, { memoryMb });
    await control.changeFunction(aliasedFunction, { memoryMb });
    expect(await memoryOf()).toBe(memoryMb);
    const { alias: _, ...after } = await control.readFunction(aliasedFunction);
    const { alias: __, ...others } = before;
    expect(after).toEqual({ ...others, memoryMb });
    await control.restoreFunction(aliasedFunction, before);
    await control.restoreFunction(aliasedFunction, before);
    expect(await memoryOf()).toBe(before.memoryMb);
    expect(await control.readFunction(aliasedFunction)).toEqual(before);
  });

  it('changes the architecture and back', async () => {
    const { control, aliasedFunction } = given();
    const before = await control.readFunction(aliasedFunction);
    const architecture = before.architecture === 'x86' ? 'arm' : 'x86';
    await control.changeFunction(aliasedFunction, { architecture });
    expect(await control.readFunction(aliasedFunction)).toMatchObject({ architecture });
    await control.restoreFunction(aliasedFunction, before);
    expect(await control.readFunction(aliasedFunction)).toEqual(before);
  });

  it('reserves concurrency and gives it back', async () => {
    const { control, aliasedFunction } = given();
    const before = await control.readFunction(aliasedFunction);
    await control.changeFunction(aliasedFunction, { reservedConcurrency: 7 });
    expect(await control.readFunction(aliasedFunction)).toEqual({
      ...before,
      reservedConcurrency: 7,
    });
    await control.changeFunction(aliasedFunction, { reservedConcurrency: null });
    expect(await control.readFunction(aliasedFunction)).toMatchObject({
      reservedConcurrency: null,
    });
    await control.restoreFunction(aliasedFunction, before);
    expect(await control.readFunction(aliasedFunction)).toEqual(before);
  });

  it('provisions concurrency for an alias, and only for one', async () => {
    const { control, aliasedFunction } = given();
    const before = await control.readFunction(aliasedFunction);
    await control.changeFunction(aliasedFunction, { memoryMb: 320, provisionedConcurrency: 2 });
    const { alias, memoryMb } = await control.readFunction(aliasedFunction);
    expect({ memoryMb, provisioned: alias?.provisionedConcurrency }).toEqual({
      memoryMb: 320,
      provisioned: 2,
    });
    await control.restoreFunction(aliasedFunction, before);
    expect(await control.readFunction(aliasedFunction)).toEqual(before);
    const [name = ''] = aliasedFunction.split(':');
    const refused = control.changeFunction(name, { provisionedConcurrency: 2 });
    expect(await codeOf(refused)).toBe('E_PLATFORM_REFUSED');
  });

  it('changes the mapping, of which what is not named stays; and back', async () => {
    const { control, mappingId } = given();
    const before = await control.readMapping(mappingId);
    await control.changeMapping(mappingId, { batchSize: 25, windowSeconds: 2 });
    await control.changeMapping(mappingId, { batchSize: 25, windowSeconds: 2 });
    const changed = { ...before, batchSize: 25, windowSeconds: 2 };
    expect(await control.readMapping(mappingId)).toEqual(changed);
    await control.changeMapping(mappingId, { maximumConcurrency: 5 });
    expect(await control.readMapping(mappingId)).toEqual({ ...changed, maximumConcurrency: 5 });
    await control.changeMapping(mappingId, before);
    expect(await control.readMapping(mappingId)).toEqual(before);
  });

  it('refuses what the platform refuses in one line, and changes nothing', async () => {
    const { control, aliasedFunction, mappingId } = given();
    const before = await control.readFunction(aliasedFunction);
    const mapping = await control.readMapping(mappingId);
    if (!gaps.takesAnyMemory) {
      const change = control.changeFunction(aliasedFunction, { memoryMb: 64 });
      expect(await codeOf(change)).toBe('E_PLATFORM_REFUSED');
    }
    if (!gaps.takesBatchWithoutWindow) {
      const change = control.changeMapping(mappingId, { batchSize: 25, windowSeconds: 0 });
      expect(await codeOf(change)).toBe('E_PLATFORM_REFUSED');
    }
    expect(await control.readFunction(aliasedFunction)).toEqual(before);
    expect(await control.readMapping(mappingId)).toEqual(mapping);
  });

  it('knows no function, alias or mapping that is not there', async () => {
    const { control, aliasedFunction, event } = given();
    const [name = ''] = aliasedFunction.split(':');
    const attempts = [
      control.readFunction('no-such-function'),
      control.changeFunction('no-such-function', { memoryMb: 512 }),
      control.readFunction(`${name}:no-such-alias`),
      control.invoke('no-such-function', event),
      control.readMapping('00000000-0000-4000-8000-000000000000'),
    ];
    const codes = await Promise.all(attempts.map(codeOf));
    expect(codes).toEqual(attempts.map(() => 'E_PLATFORM_NOT_FOUND'));
  });

  it('finds the report of a call among those of its time', async () => {
    const { control, aliasedFunction, event } = given();
    const fromMs = Date.now() - 1000;
    const { report, problem } = await control.invoke(aliasedFunction, event);
    expect(problem).toBeNull();
    await expect
      .poll(async () => {
        const reports = await control.readReports(aliasedFunction, { fromMs, toMs: Date.now() });
        expect(reports).toEqual(reports.toSorted((a, b) => a.atMs - b.atMs));
        return reports.find(({ requestId }) => requestId === report?.requestId);
      }, PATIENCE)
      .toMatchObject({ billedMs: report?.billedMs, memorySizeMb: report?.memorySizeMb });
  });

  it('sends a message to the queue that the mapping reads', async () => {
    const { control, mappingId, writer } = given();
    const fromMs = Date.now() - 1000;
    const countReports = async () =>
      (await control.readReports(writer, { fromMs, toMs: Date.now() })).length;
    const before = await countReports();
    await control.sendMessage(mappingId, 'not an order');
    await expect.poll(countReports, PATIENCE).toBeGreaterThan(before);
  });
}
