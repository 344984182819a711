import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, type FuzzReport } from './fuzz/fuzz.ts';
import { operations } from './fuzz/schema.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { REFUSED, siteOf } from './support/finding-site.ts';

/** `npm run fuzz` sets them. */
const SEED = Number(process.env['MAILPATH_FUZZ_SEED'] ?? 20_261_128);
const REQUESTS = Number(process.env['MAILPATH_FUZZ_REQUESTS'] ?? 1_500);

describe('requests that are made from the document', () => {
  let api: RunningApi;
  let report: FuzzReport;

  beforeAll(async () => {
    api = await startApi();
    const site = await siteOf(api, 'app01', 'app02');
    for (let round = 1; round <= 2; round += 1) {
      await site.report('app01');
      await site.report('app02', REFUSED);
    }
    report = await fuzz({
      url: api.url,
      key: api.apiKey,
      siteId: site.siteId,
      seed: SEED,
      requests: REQUESTS,
    });
    await site.leave();
  }, 3_600_000);
  afterAll(() => api.close());

  it('are answered as it says, whatever they hold', () => {
    if (process.env['MAILPATH_FUZZ_REQUESTS'] !== undefined) print(report);
    expect(report.failures.slice(0, 20).join('\n\n')).toBe('');
  });

  it('come to every operation, and most of them succeed at times', () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect(ids.filter((id) => !report.asked.has(id))).toEqual([]);
    const succeeded = ids.filter((id) => (report.asked.get(id)?.succeeded ?? 0) > 0);
    expect(succeeded.length / ids.length).toBeGreaterThan(0.7);
  });
});

function print({ requests, failures, asked, refusedThoughValid }: FuzzReport): void {
  const rows = [...asked].toSorted(([a], [b]) => a.localeCompare(b));
  for (const [id, { times, succeeded }] of rows)
    process.stdout.write(`${id}: ${times} asked, ${succeeded} succeeded\n`);
  for (const [why, times] of [...refusedThoughValid].toSorted(([, a], [, b]) => b - a))
    process.stdout.write(`refused though as described, ${times} times: ${why}\n`);
  process.stdout.write(`${requests} requests, seed ${SEED}: ${failures.length} failures\n`);
}
