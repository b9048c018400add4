import { describe, expect, it } from 'vitest';
import { errorInBody, sameBodyTest, storedBodyTest } from '../../../lib/core/order/stored-body.ts';

const STORED = '"Order created successfully"';

describe('an exact body', () => {
  const isSame = sameBodyTest('{"ok":true,"items":[1,{"a":null}]}');
  it.each<[string, boolean]>([
    ['{"ok":true,"items":[1,{"a":null}]}', true],
    ['{"ok":true,"items":[1,{"a":null}]}\r\n', true],
    ['\ufeff{"ok":true,"items":[1,{"a":null}]}', true],
    ['{ "items": [1, {"a": null}], "ok": true }', true],
    ['{"ok":true,"items":[1,{"a":0}]}', false],
    ['{"ok":true,"items":[{"a":null},1]}', false],
    ['{"ok":true,"items":[1,{"a":null}],"more":1}', false],
    ['{"ok":true,"items":{"0":1,"1":{"a":null}}}', false],
    ['', false],
    ['null', false],
  ])('%j: %s', (body, expected) => {
    expect(isSame(body)).toBe(expected);
    expect(isSame(body)).toBe(expected);
  });

  it('that is no JSON is compared but for the white space at its end', () => {
    const isOk = sameBodyTest('OK');
    expect(['OK', 'OK\n', ' OK', 'ok', ''].map(isOk)).toEqual([true, true, false, false, false]);
  });
});

describe('storedBodyTest', () => {
  it('takes the newline that some frameworks end their answers with', () => {
    const isStored = storedBodyTest({ successBody: STORED, successWhen: null });
    expect([STORED, `${STORED}\n`, 'login', null].map(isStored)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('looks at the fields that must be there, must not, and must equal', () => {
    const isStored = storedBodyTest({
      successBody: null,
      successWhen: {
        absent: ['$.errors'],
        present: ['$.data.id'],
        equal: { '$.data.state': 'NEW' },
      },
    });
    const body = (changes: object, more: object = {}) =>
      JSON.stringify({ data: { id: 1, state: 'NEW', ...changes }, ...more });
    expect(isStored(body({}))).toBe(true);
    expect(isStored(body({}, { errors: null }))).toBe(true);
    expect(isStored(body({}, { errors: [] }))).toBe(false);
    expect(isStored(body({ id: null }))).toBe(false);
    expect(isStored(body({ state: 'OLD' }))).toBe(false);
    expect(isStored('<html>')).toBe(false);
    expect(isStored('')).toBe(false);
  });

  it('takes any body but one that calls itself an error, unless that is wanted too', () => {
    const any = storedBodyTest({ successBody: null, successWhen: null });
    const really = storedBodyTest({ successBody: null, successWhen: 'any' });
    const failed = '{"data":null,"errors":[{"message":"out of stock"}]}';
    expect([any('thanks'), any(''), any(null), any(failed)]).toEqual([true, true, true, false]);
    expect(really(failed)).toBe(true);
  });
});

it.each<[string, string | null]>([
  ['{"data":null,"errors":[{"message":"x"}]}', 'errors'],
  ['{"error":{"code":5}}', 'error'],
  ['{"error":"x"}', 'error'],
  ['{"errorMessage":"2026-01-01T00:00:00Z Task timed out","errorType":"x"}', 'errorMessage'],
  ['{"success":false}', 'success'],
  ['{"ok":false}', 'ok'],
  ['{"statusCode":502,"body":"x"}', 'statusCode'],
  ['{"statusCode":201,"body":"x"}', null],
  ['{"errors":[],"error":null,"success":true,"ok":true,"id":1}', null],
  ['{"errors":{},"error":""}', null],
  ['{"note":"no \\"error\\" here","items":[{"error":"of an item"}]}', null],
  ['[{"error":"x"}]', null],
  ['"error"', null],
  ['{"error":', null],
  ['', null],
])('errorInBody of %s is %s', (body, expected) => {
  expect(errorInBody(body)).toBe(expected);
});
