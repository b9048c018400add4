import { describe, expect, it } from 'vitest';
import { parseTune } from '../../../lib/core/tune/parse-tune.ts';
import { sampleBatch, samplePower, sampleTune } from './sample-tune.ts';

const RESULT = sampleTune({ power: samplePower() });

const parse = (changes: object) =>
  parseTune(JSON.stringify({ ...RESULT, ...changes }), 'tune.json');

describe('parseTune', () => {
  it.each([RESULT, sampleTune({ batch: sampleBatch() })])('reads what was written', (result) => {
    expect(parseTune(JSON.stringify(result), 'tune.json')).toEqual(result);
  });

  it('reads a later minor version, without the fields that it does not know', () => {
    expect(parse({ tuneVersion: '1.9', later: true })).toEqual({ ...RESULT, tuneVersion: '1.9' });
  });

  it.each([
    ['', 'tune.json is empty. Name the tune.json of a sweep.'],
    ['{"tune', 'tune.json is not JSON, or was cut off. Name the tune.json of a sweep.'],
    [
      '{"schemaVersion":"1.0"}',
      'tune.json is JSON but not the result of a sweep of this suite (it has no tuneVersion). Name the tune.json of a sweep.',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseTune(text, 'tune.json')).toThrow(message);
  });

  it.each([
    [
      { tuneVersion: '2.0' },
      'is the result of a sweep of version 2.0, but this suite reads version 1.x',
    ],
    [{ kind: 'sizes' }, 'does not follow tune.json version 1.0 at kind:'],
    [{ kind: 'batch' }, 'contradicts itself: it is a batch sweep and has no batch.'],
    [
      { power: { ...samplePower(), sizes: [] } },
      'contradicts itself: what was chosen was not measured.',
    ],
  ])('refuses %j', (changes, message) => {
    expect(() => parse(changes)).toThrow(message);
  });
});
