import { LANES } from '@mailpath/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { get, REFUSED, siteOf } from './support/finding-site.ts';

const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;

describe('what the dashboard reads', () => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  const inLanguage = (path: string, language: string) =>
    get(api, path).set('accept-language', language).expect(200);

  it('has of each check its lane, its phases in the order walked, and its words in the language asked for', async () => {
    const english = (await inLanguage('/v1/checks?limit=100', 'en')).body.items;
    const japanese = (await inLanguage('/v1/checks?limit=100', 'ja')).body.items;
    expect(english.find(({ id }: { id: string }) => id === 'smtp.submission')).toMatchObject({
      title: 'Exchange Online takes mail by SMTP with STARTTLS',
      lane: 'send',
      phases: ['resolve', 'connect', 'greet', 'starttls', 'tls', 'greet'],
    });
    for (const [i, { id, title, proves, lane, phases }] of english.entries()) {
      expect(LANES).toContain(lane);
      expect(phases[0]).toBe('resolve');
      expect(japanese[i]).toMatchObject({ id, lane, phases });
      expect(japanese[i].title).toMatch(JAPANESE);
      expect(japanese[i].proves).toMatch(JAPANESE);
      expect(`${title} ${proves}`).not.toMatch(JAPANESE);
    }
  });

  it('compares with titles in the language asked for, and is the same answer as long as nothing is new', async () => {
    const site = await siteOf(api, 'app01', 'app02');
    await site.report('app01');
    await site.report('app02', REFUSED);
    const path = `/v1/sites/${site.siteId}/comparison`;
    const first = await inLanguage(path, 'ja');
    for (const { title } of first.body.rows) expect(title).toMatch(JAPANESE);
    const cells = first.body.rows.flatMap((row: { cells: object[] }) => row.cells);
    expect(cells.some((cell: object) => 'observedAt' in cell)).toBe(true);
    expect(cells.filter((cell: object) => 'ageSeconds' in cell)).toEqual([]);
    await get(api, path)
      .set('accept-language', 'ja')
      .set('if-none-match', first.headers['etag'] as string)
      .expect(304);
    expect(first.headers['content-encoding']).toBe('gzip');
    await site.leave();
  });
});
