import { LANES } from '@mailpath/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { get, REFUSED, siteOf } from './support/finding-site.ts';
import { client } from './support/mail-site.ts';

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
      title: 'Exchange Online accepts mail by SMTP with STARTTLS',
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

  it('holds a result against the healthy one of another server, and finds the headline of a finding', async () => {
    const site = await siteOf(api, 'app01', 'app02', 'app03');
    const [well, failed] = [await site.report('app01'), await site.report('app02', REFUSED)];
    await site.report('app02', REFUSED);
    const read = async (id: string) =>
      (await get(api, `/v1/sites/${site.siteId}/results/${id}`).expect(200)).body;
    expect((await read(failed.id)).sibling).toEqual({ serverId: site.serverId('app01'), resultId: well.id });
    expect((await read(well.id)).sibling).toBeNull();
    const [finding] = await site.list();
    expect(finding).toMatchObject({
      headline: 'TCP to outlook.office365.com:993 is refused.',
      summary: 'app02: TCP to outlook.office365.com:993 is refused.',
    });
    const japanese = (await inLanguage(`/v1/sites/${site.siteId}/findings/${finding?.id}`, 'ja')).body;
    expect(japanese.headline).toBe('outlook.office365.com:993 への TCP 接続が拒否されます。');

    const listed = (query: string) => get(api, `/v1/sites?limit=100${query}`).expect(200);
    const its = ({ body }: { body: { items: { id: string }[] } }) =>
      body.items.find(({ id }) => id === site.siteId);
    const verdict = (await get(api, `/v1/sites/${site.siteId}/verdict`).expect(200)).body;
    expect(verdict).toMatchObject({ verdict: 'watch', bad: 1, servers: 3, openFindings: 1 });
    const { siteId: _, siteName: __, ...same } = verdict;
    expect(its(await listed('&summary=true'))).toMatchObject(same);
    expect(its(await listed(''))).not.toHaveProperty('verdict');
    await get(api, '/v1/sites?summary=perhaps').expect(400);
    await site.leave();
  });

  it('answers a code for a server with the lines to type there', async () => {
    const site = await siteOf(api, 'app01');
    const path = `/v1/sites/${site.siteId}/servers/${site.serverId('app01')}/enrolment-codes`;
    const { body } = await client(api).post(path).expect(201);
    expect(Date.parse(body.expiresAt)).toBeGreaterThan(Date.now());
    for (const line of Object.values(body.commands)) {
      expect(line).toContain(`enrol ${api.url.replace('localhost', '127.0.0.1')} ${body.code}`);
      expect(line).not.toContain('--insecure-http');
    }
    await site.leave();
  });

  it('reports on a site as JSON, and as one file that runs nothing, whatever others have said to it', async () => {
    const site = await siteOf(api, 'app01', 'app02');
    await site.report('app01');
    const hostile = {
      ...REFUSED.failure,
      message: '<script>alert(1)</script> Bearer canaryCANARY0123456789',
    };
    await site.report('app02', { ...REFUSED, failure: hostile });
    await site.report('app02', { ...REFUSED, failure: hostile });
    const path = `/v1/sites/${site.siteId}/report`;
    const { body } = await inLanguage(`${path}?format=json`, 'ja');
    expect(body).toMatchObject({ language: 'ja', verdict: { bad: 1 }, findings: [{ owner: 'network' }] });
    expect(body.results.length).toBe(2);
    const page = await get(api, `${path}?format=html&language=ja`).expect(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+';.*; sandbox$/,
    );
    expect(page.headers['content-language']).toBe('ja');
    expect(page.text).toContain('outlook.office365.com:993 への TCP 接続が拒否されます。');
    expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    for (const text of [page.text, JSON.stringify(body)]) expect(text).not.toMatch(/canary/i);
    expect(page.text).not.toContain('<script');
    await get(api, `${path}?format=pdf`).expect(400);
    await site.leave();
  });
});
