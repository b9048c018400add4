import { describe, expect, it } from 'vitest';
import {
  EXCEPTION_PREFIX,
  FAILURE_PREFIX,
  HANDOVER_PREFIX,
} from '../../../lib/core/telemetry/metric-names.ts';
import { createK6Log } from '../../../lib/node/run/k6-log.ts';

const entry = (fields: object) => JSON.stringify({ time: '2026-01-01T00:00:00Z', ...fields });

describe('createK6Log', () => {
  it('writes JSON entries as plain lines and passes other lines on', () => {
    const log = createK6Log((text) => text);
    expect(log.line(entry({ level: 'info', msg: 'hello' }))).toBe(
      '2026-01-01T00:00:00Z info hello',
    );
    expect(log.line('plain output')).toBe('plain output');
    expect(log.line('{broken json')).toBe('{broken json');
  });

  it('counts exceptions of the scenario by their text', () => {
    const log = createK6Log((text) => text);
    const thrown = entry({
      level: 'error',
      source: 'stacktrace',
      msg: 'Error: boom\n\tat x.ts:3:9\n',
    });
    log.line(thrown);
    log.line(thrown);
    expect(log.exceptions()).toEqual([{ message: 'Error: boom\n\tat x.ts:3:9', count: 2 }]);
    expect(log.lastError()).toBeNull();
  });

  it('counts what an event loop caught in the same way, redacted, and only from the console', () => {
    const log = createK6Log((text) => text.replaceAll('hunter22', '***'));
    const told = (fields: object) =>
      entry({
        level: 'error',
        msg: `${EXCEPTION_PREFIX}Error: hunter22\n\tat x.ts:3:9\n`,
        ...fields,
      });
    log.line(told({ source: 'console' }));
    log.line(told({ source: 'console' }));
    expect(log.exceptions()).toEqual([{ message: 'Error: ***\n\tat x.ts:3:9', count: 2 }]);
    expect(log.lastError()).toBeNull();
    log.line(told({}));
    expect(log.exceptions()).toHaveLength(1);
  });

  it("keeps k6's own last error", () => {
    const log = createK6Log((text) => text);
    log.line(entry({ level: 'error', msg: 'there were problems with the specified script' }));
    expect(log.lastError()).toBe('there were problems with the specified script');
  });

  it('takes out what the scenario hands over, redacted, up to a bound', () => {
    const log = createK6Log((text) => text.replaceAll('hunter22', '***'));
    const handover = (text: string) =>
      entry({ level: 'info', source: 'console', msg: HANDOVER_PREFIX + text });
    expect(log.line(handover('{"got":"hunter22"}'))).toBeNull();
    expect(log.handedOver()).toEqual(['{"got":"***"}']);
    // The prefix counts on the console only, and at the start of a line.
    log.line(entry({ level: 'info', msg: `${HANDOVER_PREFIX}1` }));
    log.line(entry({ level: 'info', source: 'console', msg: ` ${HANDOVER_PREFIX}1` }));
    log.line(`${HANDOVER_PREFIX}1`);
    expect(log.handedOver()).toHaveLength(1);
    for (let i = 0; i < 5000; i++) log.line(handover('1'));
    expect(log.handedOver()).toHaveLength(1000);
  });

  const failed = (error: string) => entry({ level: 'warning', msg: 'Request Failed', error });

  it('writes the cause of a failed request, redacted, and makes few lines of a million', () => {
    const log = createK6Log((text) => text.replaceAll('hunter22', '***'));
    const refused =
      'Post "http://a.test/orders?k=hunter22": dial tcp 127.0.0.1:80: connection refused';
    expect(log.line(failed(refused))).toBe(
      '2026-01-01T00:00:00Z warning Request Failed: Post "http://a.test/orders?k=***": dial tcp 127.0.0.1:80: connection refused',
    );
    const written = Array.from({ length: 5000 }, (_, i) =>
      log.line(failed(`read tcp 127.0.0.1:${1024 + i}->127.0.0.1:80: \u001b[2Jconnection reset`)),
    ).filter((line) => line !== null);
    expect(written).toHaveLength(10);
    expect(written[0]).not.toContain('\u001b');
    expect(log.line(failed(refused))).not.toBeNull();
    expect(log.repeated()).toEqual([
      expect.stringMatching(
        /^… Request Failed: read tcp …->…: .*connection reset: 5,000 in all, 10 shown$/,
      ),
    ]);
    for (let i = 0; i < 5000; i++) log.line(failed(`cause ${String.fromCharCode(0x4e00 + i)}`));
    expect(log.repeated().length).toBeLessThan(102);
  });

  it('keeps the first example of each failure, fit to be shown, and writes it once', () => {
    const log = createK6Log((text) => text.replaceAll('hunter22', '***'));
    const example = {
      ...{ outcome: 'rejected', status: 403, error: '', arm: null, atMs: 1, words: '' },
      ...{ headers: { Server: 'nginx' }, body: 'no hunter22\n', bodyCharacters: 12 },
    };
    const handed = (more: object) =>
      log.line(
        entry({
          ...{ level: 'info', source: 'console' },
          msg: FAILURE_PREFIX + JSON.stringify({ ...example, ...more }),
        }),
      );
    expect(handed({})).toBe(
      '2026-01-01T00:00:00Z first rejected with status 403: Server: nginx; 12 characters: no ***',
    );
    expect(handed({ body: 'another' })).toBeNull();
    expect(handed({ status: 0, error: 'EOF', words: 'EOF' })).toBe(
      '2026-01-01T00:00:00Z first rejected: EOF',
    );
    expect(log.failures()).toMatchObject([{ status: 403, body: 'no ***' }, { error: 'EOF' }]);
    expect(log.line(entry({ source: 'console', msg: `${FAILURE_PREFIX}{}` }))).toBeNull();
    for (let status = 100; status < 999; status++) handed({ status });
    expect(log.failures()).toHaveLength(100);
    expect(log.handedOver()).toEqual([]);
  });

  it('says when k6 could not deliver its telemetry', () => {
    const log = createK6Log((text) => text);
    expect(log.telemetryFaults()).toEqual([]);
    const msg = 'Failed to send the time series data to the endpoint';
    log.line(entry({ level: 'error', msg, output: 'Prometheus remote write' }));
    log.line(entry({ level: 'error', msg, output: 'Prometheus remote write' }));
    expect(log.telemetryFaults()).toEqual([
      'k6 could not deliver 2 of its pushes (see k6.log), so orders may be missing.',
    ]);
  });

  it('redacts what it writes, counts and keeps', () => {
    const log = createK6Log((text) => text.replaceAll('s3cret', '***'));
    expect(
      log.line(entry({ level: 'error', source: 'stacktrace', msg: 'Error: s3cret' })),
    ).not.toContain('s3cret');
    log.line(entry({ level: 'error', msg: 'bad s3cret' }));
    expect(log.exceptions()[0]?.message).toBe('Error: ***');
    expect(log.lastError()).toBe('bad ***');
  });

  it('is bounded: distinct exceptions and bytes', () => {
    const log = createK6Log((text) => text);
    for (let i = 0; i < 100; i++)
      log.line(entry({ level: 'error', source: 'stacktrace', msg: `Error ${i}` }));
    expect(log.exceptions()).toHaveLength(20);
    expect(log.exceptions().reduce((sum, { count }) => sum + count, 0)).toBe(100);
    const long = 'x'.repeat(1_000_000);
    for (let i = 0; i < 10; i++) log.line(long);
    expect(log.suppressedLines()).toBeGreaterThan(0);
    expect(log.line('one more')).toBeNull();
  });
});
