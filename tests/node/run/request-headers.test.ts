import { expect, it } from 'vitest';
import { requestHeaders } from '../../../lib/node/run/request-headers.ts';
import { samplePlan } from '../../core/report/sample-run.ts';

it('carry the token of now', () => {
  const plan = samplePlan({ auth: { kind: 'renewed', env: [] } });
  let token = 'a';
  const headersOf = requestHeaders(plan, {}, () => token);
  expect(headersOf('/orders/1')).toEqual({ authorization: 'Bearer a' });
  token = 'b';
  expect(headersOf('/orders/1')).toEqual({ authorization: 'Bearer b' });
});
