import { randomUUID } from 'node:crypto';
import { Comparison, WORST_FIRST } from '@mailpath/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { type FindingList, get, REFUSED, siteOf } from './support/finding-site.ts';
import { createSite } from './support/scripted-agent.ts';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('the findings of a site', () => {
  let site: Awaited<ReturnType<typeof siteOf>>;
  let path: string;

  beforeAll(async () => {
    site = await siteOf(api, 'app01', 'app02');
    path = `/v1/sites/${site.siteId}/findings`;
    const smtp = {
      check: 'smtp.submission',
      target: { name: 'smtp', host: 'smtp.office365.com', port: 587 },
    };
    const reset = {
      phase: 'tls',
      code: 'reset',
      message: 'smtp.office365.com:587: read ECONNRESET',
    } as const;
    for (let round = 1; round <= 2; round += 1) {
      await site.report('app01', REFUSED);
      await site.report('app01', { ...smtp, outcome: 'fail', failure: reset });
      await site.report('app02');
    }
  });
  afterAll(() => site.leave());

  it('are told in Japanese, or in English, as the caller accepts', async () => {
    const japanese = await get(api, path).set('accept-language', 'fr, ja-JP;q=0.9, en;q=0.5').expect(200);
    expect(japanese.headers).toMatchObject({
      'content-language': 'ja',
      vary: expect.stringMatching(/^Accept-Language/),
    });
    for (const finding of (japanese.body as FindingList).items)
      for (const words of [finding.summary, finding.cause, finding.nextStep])
        expect(words).toMatch(/\p{Script=Hiragana}/u);
    const english = await get(api, path).expect(200);
    expect(english.headers).toMatchObject({
      'content-language': 'en',
      vary: expect.stringMatching(/^Accept-Language/),
    });
    for (const finding of (english.body as FindingList).items)
      expect(finding.summary).toMatch(/^app01: [ -~]+$/);
    const [first] = (english.body as FindingList).items;
    const one = await get(api, `${path}/${first?.id}`).set('accept-language', 'ja').expect(200);
    expect(one.headers['content-language']).toBe('ja');
    expect(one.body.cause).toMatch(/\p{Script=Hiragana}/u);
  });

  it('page worst first, then oldest first, without losing or repeating one', async () => {
    const all = await site.list({ state: 'all' });
    expect(all.map(({ rule }) => rule)).toEqual([expect.stringMatching(/^tls\./), 'connect.refused']);
    const places = all.map(({ severity, since, id }) => [WORST_FIRST.indexOf(severity), since, id].join());
    expect(places).toEqual(places.toSorted());
    const first = (await get(api, path, { limit: '1' }).expect(200)).body as FindingList;
    const second = (await get(api, path, { limit: '1', cursor: first.nextCursor ?? '' }).expect(200))
      .body as FindingList;
    expect([...first.items, ...second.items]).toEqual(all);
    expect(second.nextCursor).toBeNull();
  });

  it('are read with the newest hundred of the times that they were open', async () => {
    const [finding] = await site.list();
    const id = finding?.id ?? '';
    await api.database.query(
      `insert into finding_openings (site_id, finding_id, opened_at, closed_at)
       select site_id, id, opened_at - make_interval(mins => n), opened_at from findings, generate_series(1, 120) n
       where id = '${id}'`,
    );
    const { body } = await get(api, `${path}/${id}`).expect(200);
    expect(body.history).toHaveLength(100);
    expect(body.history[0]).toEqual({ openedAt: finding?.openedAt, closedAt: null });
  });

  it('are narrowed by state, severity, server, item and owner', async () => {
    const rules = async (query: Record<string, string>) =>
      (await site.list(query)).map(({ rule }) => rule.split('.')[0]);
    const [tls, connect] = await site.list();
    expect(await rules({ state: 'pending' })).toEqual([]);
    expect(await rules({ state: 'closed' })).toEqual([]);
    expect(await rules({ severity: connect?.severity ?? '' })).toContain('connect');
    expect(await rules({ severity: 'info' })).toEqual([]);
    expect(await rules({ serverId: site.serverId('app01') })).toEqual(['tls', 'connect']);
    expect(await rules({ serverId: site.serverId('app02') })).toEqual([]);
    expect(await rules({ owner: 'network' })).toEqual(
      tls?.owner === 'network' ? ['tls', 'connect'] : ['connect'],
    );
    expect(await rules({ server: 'app01,app02' })).toEqual(['tls', 'connect']);
    expect(await rules({ server: 'app02' })).toEqual([]);
    expect(await rules({ mailbox: 'nobody@example.com' })).toEqual([]);
    expect(await rules({ severity: 'error, warning,info' })).toEqual(['tls', 'connect']);
    expect(await rules({ owner: 'network,proxy,microsoft,dns,unknown' })).toContain('connect');
    const later = new Date(Date.parse(connect?.since ?? '') + 1).toISOString();
    expect(await rules({ to: connect?.since ?? '' })).not.toContain('connect');
    expect(await rules({ from: later })).not.toContain('connect');
    expect(await rules({ from: '2020-01-01T09:00:00+09:00' })).toEqual(['tls', 'connect']);
    expect(await rules({ item: 'C10' })).toContain('connect');
    expect(await rules({ item: 'C1' })).toEqual([]);
  });

  it.each([
    ['state', 'new'],
    ['severity', 'bad'],
    ['serverId', '42'],
    ['item', 'C12'],
    ['owner', 'nobody'],
    ['limit', '0'],
    ['cursor', 'zz'],
    ['colour', 'red'],
  ])('refuse a wrong %s and say which it was', async (field, value) => {
    const { status, body, headers } = await get(api, path, { [field]: value }).set('accept-language', 'ja');
    expect([status, body.code, body.errors?.[0]?.field]).toEqual([400, 'validation', field]);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(headers['content-language']).toBe('ja');
    expect([body.title, body.errors[0].message].join()).toMatch(/^入力に.*[ぁ-ん]/);
  });

  it('are not found under another site, or when they do not exist', async () => {
    const [finding] = await site.list();
    const elsewhere = await createSite(api, { name: randomUUID() });
    await get(api, `/v1/sites/${elsewhere}/findings/${finding?.id}`).expect(404);
    await get(api, `/v1/sites/${randomUUID()}/findings`).expect(404);
    const missing = await get(api, `${path}/${randomUUID()}`).set('accept-language', 'ja').expect(404);
    expect(missing.headers['content-language']).toBe('ja');
    expect(missing.body.detail).toMatch(/^検出された問題 \S+ は存在しません。$/);
  });

  it('explain the cells of the comparison, which speaks the same language', async () => {
    const answer = await get(api, `/v1/sites/${site.siteId}/comparison`)
      .set('accept-language', 'ja')
      .expect(200);
    expect(answer.headers).toMatchObject({
      'content-language': 'ja',
      vary: expect.stringMatching(/^Accept-Language/),
    });
    const { rows } = Comparison.parse(answer.body);
    const imap = rows.find(({ check }) => check === 'imap.tls');
    const [, refused] = await site.list();
    expect(imap?.cells.map(({ finding }) => finding)).toEqual([
      { id: refused?.id, key: refused?.key, state: 'open' },
      null,
    ]);
    expect(imap?.cells[0]?.sentence).toMatch(/\p{Script=Hiragana}/u);
    expect(imap?.differences[0]?.sentence).toMatch(/\p{Script=Hiragana}/u);
  });

  it('make the verdict on the site, which every reader is told alike', async () => {
    const { body } = await get(api, `/v1/sites/${site.siteId}/verdict`).expect(200);
    const [worst] = await site.list();
    expect(body).toMatchObject({
      siteId: site.siteId,
      verdict: 'unsafe',
      since: worst?.since,
      worst: { findingId: worst?.id, owner: worst?.owner, severity: 'error', summary: worst?.summary },
      openFindings: 2,
      servers: 2,
    });
    const empty = await createSite(api, { name: randomUUID() });
    const unknown = await get(api, `/v1/sites/${empty}/verdict`).expect(200);
    expect(unknown.body).toMatchObject({ verdict: 'unknown', since: null, worst: null, newestAt: null });
  });
});
