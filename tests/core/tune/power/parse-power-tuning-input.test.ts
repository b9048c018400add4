import { describe, expect, it } from 'vitest';
import { parsePowerTuningInput } from '../../../../lib/core/tune/power/parse-power-tuning-input.ts';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:create-order';

function parse(fields: Readonly<Record<string, unknown>>) {
  return parsePowerTuningInput(JSON.stringify({ lambdaARN: ARN, num: 10, ...fields }), 'in.json');
}

describe('an input of aws-lambda-power-tuning', () => {
  it('has its defaults', () => {
    expect(parse({})).toEqual({
      functionName: 'create-order',
      region: 'eu-west-1',
      memoriesMb: [128, 256, 512, 1024, 1536, 3008],
      payloads: new Array(10).fill('null'),
      strategy: 'cost',
      balancedWeight: 0.5,
      discardTopBottom: 0.2,
      onlyColdStarts: false,
      parallelInvocation: false,
      sleepBetweenRunsMs: 0,
      includeOutputResults: false,
      notes: [],
    });
  });

  it.each([
    [`${ARN}:live`, 'create-order:live', 'eu-west-1'],
    ['create-order', 'create-order', null],
    ['create-order:live', 'create-order:live', null],
    ['arn:aws-cn:lambda:cn-north-1:123456789012:function:f', 'f', 'cn-north-1'],
  ])('names the function: %s', (lambdaARN, functionName, region) => {
    expect(parse({ lambdaARN })).toMatchObject({ functionName, region });
  });

  it('takes sizes as a list, as texts, or ALL', () => {
    expect(parse({ powerValues: ['256', 128, 256] }).memoriesMb).toEqual([256, 128]);
    expect(parse({ powerValues: [] }).memoriesMb).toHaveLength(6);
    const all = parse({ powerValues: 'ALL' }).memoriesMb;
    expect([all.length, all[1], all.at(-1)]).toEqual([46, 192, 3008]);
  });

  it('keeps shares within their limits, as upstream does', () => {
    const { balancedWeight, discardTopBottom } = parse({
      balancedWeight: 2,
      discardTopBottom: 0.9,
    });
    expect([balancedWeight, discardTopBottom]).toEqual([1, 0.4]);
  });

  it.each([
    ['an object', { id: 1 }, '{"id":1}'],
    ['a text', 'hello', '"hello"'],
    ['a text that is JSON', '{"id": 1}', '{"id": 1}'],
    ['a list without weights', [{ id: 1 }], '[{"id":1}]'],
    ['nothing', '', 'null'],
  ])('sends %s with every call', (_, payload, text) => {
    expect(parse({ payload }).payloads).toEqual(new Array(10).fill(text));
  });

  it('gives each weighted payload its share, and the last one the rest', () => {
    const payload = [
      { payload: { a: 1 }, weight: 1 },
      { payload: 'b', weight: 2 },
      { payload: { c: 1 }, weight: 3 },
    ];
    expect(parse({ payload }).payloads).toEqual([
      '{"a":1}',
      ...new Array(3).fill('"b"'),
      ...new Array(6).fill('{"c":1}'),
    ]);
  });

  it('says what it leaves out', () => {
    const { notes } = parse({ autoOptimize: true, allowedExceptions: ['Handled'], colour: 'red' });
    expect(notes).toEqual([
      'autoOptimize is left out: the settings are put back; set the chosen memory yourself',
      'allowedExceptions is left out: a call that throws is a failed one',
      'colour is left out: aws-lambda-power-tuning has no such field',
    ]);
    expect(
      parse({ autoOptimize: false, allowedExceptions: [], disablePayloadLogs: true }).notes,
    ).toEqual([]);
  });

  it.each([
    [{ payloadS3: 's3://b/k' }, 'payloadS3: a sweep does not read S3; put the event into payload'],
    [{ preProcessorARN: ARN }, 'preProcessorARN: a sweep runs no function before a call'],
    [{ postProcessorARN: ARN }, 'postProcessorARN: a sweep runs no function after a call'],
    [{ dryRun: true }, 'dryRun: a sweep that measures nothing has no result'],
    [{ num: 4 }, 'num: expected at least 5'],
    [{ num: undefined }, 'num: expected a whole number'],
    [{ lambdaARN: undefined }, 'lambdaARN: expected the ARN or the name of a function'],
    [{ lambdaARN: 'a b' }, 'lambdaARN: "a b" is no ARN or name of a function'],
    [{ powerValues: [64] }, 'powerValues.0: Lambda has no less than 128 MB'],
    [{ powerValues: [20_000] }, 'powerValues.0: Lambda has no more than 10240 MB'],
    [{ powerValues: 'all' }, 'powerValues: expected "ALL" or a list of whole numbers'],
    [{ strategy: 'fast' }, 'strategy: expected cost, speed or balanced'],
    [{ onlyColdStarts: 'yes' }, 'onlyColdStarts: expected true or false'],
    [
      { payload: new Array(11).fill({ payload: 1, weight: 1 }) },
      'payload: 11 payloads need at least 11 calls, not 10',
    ],
    [
      {
        payload: [
          { payload: 1, weight: 1 },
          { payload: 2, weight: 99 },
        ],
      },
      'payload: weight 1 of 100 is less than one of 10 calls',
    ],
  ])('is refused in one line: %j', (fields, message) => {
    expect(() => parse(fields)).toThrow(`in.json: ${message}`);
    expect(() => parse(fields)).toThrow(expect.objectContaining({ code: 'E_POWER_INPUT' }));
  });

  it.each(['', '[]', '{"num": 5', 'null', '"text"'])('is refused if it is %j', (text) => {
    expect(() => parsePowerTuningInput(text, 'in.json')).toThrow(/^in\.json: [^\n]+\.$/);
  });
});
