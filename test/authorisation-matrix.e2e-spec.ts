import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { bearer, CallerMaker, type Sent } from './support/callers.ts';
import { openapi } from './support/contract.ts';
import { client } from './support/mail-site.ts';
import { createSite } from './support/scripted-agent.ts';

/** What an operation asks for, and whether its path names a site. */
const COLUMNS = [
  'anyone',
  'signed-in',
  'viewer at the site',
  'operator at the site',
  'administrator at the site',
  'viewer of the whole',
  'operator of the whole',
  'administrator of the whole',
] as const;

/** Who is answered what: `in`, or the refusal. Decided here; a missing row or column fails. */
const DECIDED: Record<string, string> = {
  //                               any  sig  site: v o a  whole: v o a
  unknown: 'in   401  401  401  401  401  401  401',
  'no role': 'in   in   404  404  404  403  403  403',
  'viewer of another site': 'in   in   404  404  404  403  403  403',
  'operator of another site': 'in   in   404  404  404  403  403  403',
  'administrator of another site': 'in   in   404  404  404  403  403  403',
  'viewer of this site': 'in   in   in   403  403  403  403  403',
  'operator of this site': 'in   in   in   in   403  403  403  403',
  'administrator of this site': 'in   in   in   in   in   403  403  403',
  'viewer of the whole': 'in   in   in   403  403  in   403  403',
  'operator of the whole': 'in   in   in   in   403  in   in   403',
  'administrator of the whole': 'in   in   in   in   in   in   in   in',
};

/** The sites that are listed to a caller, by where it has its role. */
const SEEN: Record<string, string[]> = {
  'of this site': ['this'],
  'of another site': ['another'],
  'of the whole': ['another', 'this'],
  role: [],
};

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly column: string;
}
interface Asker {
  readonly name: string;
  readonly rowFor: (method: string) => string;
  readonly sent: Sent;
}

/** What ends sessions, those of other callers before the one that it comes with, is asked last. */
const ENDING = ['DELETE /v1/sessions', 'DELETE /v1/session'];
const endsSession = ({ method, path }: Asked): number => ENDING.indexOf(`${method} ${path}`);

const operations: Asked[] = Object.entries(openapi.paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const needs = (operation as { 'x-mailpath-needs'?: string })['x-mailpath-needs'] ?? 'not said';
      const place = path.includes('{siteId}') ? 'at the site' : 'of the whole';
      const column = needs === 'anyone' || needs === 'signed-in' ? needs : `${needs} ${place}`;
      return { method: method.toUpperCase(), path, column };
    }),
  )
  .toSorted((a, b) => endsSession(a) - endsSession(b));

const expected = (row: string, column: string): string =>
  DECIDED[row]?.split(/\s+/)[COLUMNS.indexOf(column as never)] ?? 'not decided';

describe('authorisation, operation by operation and caller by caller', () => {
  let api: RunningApi;
  let siteId: string;
  let otherSiteId: string;
  /** Of the other site, and asked for at this one. */
  const elsewhere: Record<string, string> = {};
  let askers: Asker[];
  let outside: string;

  beforeAll(async () => {
    api = await startApi();
    siteId = await createSite(api, { name: 'this' });
    otherSiteId = await createSite(api, { name: 'another' });
    const at = `/v1/sites/${otherSiteId}`;
    const server = await client(api)
      .post(`${at}/servers`)
      .send({ name: 'app02', roles: ['application'] })
      .expect(201);
    const mailbox = await client(api)
      .post(`${at}/mailboxes`)
      .send({ address: 'other@example.test' })
      .expect(201);
    elsewhere['serverId'] = server.body.id;
    elsewhere['mailboxId'] = mailbox.body.id;

    const maker = new CallerMaker(api, { siteId, otherSiteId });
    const known = await maker.withRoles();
    const { key } = await maker.key('with a session beside it');
    const nobody: [string, Sent][] = [
      ['nobody', {}],
      ['an unknown key', bearer(`mpk_${'A'.repeat(43)}`)],
      ['a key of the wrong form', bearer('hello')],
      ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
      ['a key as cookie', { cookie: `mailpath_session=${key}`, 'sec-fetch-site': 'same-origin' }],
      [
        'an unknown session',
        { cookie: `mailpath_session=${'A'.repeat(43)}`, 'sec-fetch-site': 'same-origin' },
      ],
      [
        'an unknown key beside a good session',
        {
          ...bearer(`mpk_${'A'.repeat(43)}`),
          cookie: await maker.cookie({ key }),
          'sec-fetch-site': 'same-origin',
        },
      ],
      ...(await maker.ended()),
      ...(await maker.ofAgents()),
    ];
    const origins: Asker[] = [];
    for (const origin of ['none', 'same-site', 'cross-site', null])
      origins.push({
        name: `the session of an administrator, from ${origin ?? 'who knows where'}`,
        rowFor: (method) => (method === 'GET' ? 'administrator of the whole' : 'unknown'),
        sent: { cookie: await maker.cookie({ key }), ...(origin !== null && { 'sec-fetch-site': origin }) },
      });
    askers = [
      ...nobody.map(([name, sent]) => ({ name, rowFor: () => 'unknown', sent })),
      ...known.map(([name, row, sent]) => ({ name, rowFor: () => row, sent })),
      ...origins,
    ];
    outside =
      known.find(([name]) => name === 'the key of a viewer of another site')?.[2]['authorization'] ?? '';
  });

  afterAll(() => api.close());

  /**
   * Nothing is changed by a caller who is let in: the body is none, the version is old, or what is named is not here.
   */
  async function ask({ method, path }: Asked, { sent }: Asker): Promise<string> {
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'siteId' ? siteId : (elsewhere[name] ?? randomUUID()),
    );
    const hasBody = method !== 'GET' && method !== 'DELETE';
    const answer = await fetch(`${api.url}${url}`, {
      method,
      redirect: 'manual',
      headers: {
        ...sent,
        'if-match': '"an old one"',
        ...(hasBody && { 'content-type': 'application/json' }),
      },
      ...(hasBody && { body: JSON.stringify({ no: 'field' }) }),
    });
    const { status } = answer;
    // A stream goes on for as long as somebody listens.
    if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
      await answer.body?.cancel();
      return 'in';
    }
    const text = await answer.text();
    const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json');
    const { code, detail } = (isProblem ? JSON.parse(text) : {}) as { code?: string; detail?: string };
    if (status === 401 && code === 'unauthorized') return '401';
    if (status === 403 && code === 'forbidden') return '403';
    if (status === 404 && detail === `Site ${siteId} does not exist.`) return '404';
    return status < 500 && status !== 401 && status !== 403 ? 'in' : `${status} ${code}`;
  }

  it('knows what each operation needs, and has a place for it in the table', () => {
    const unknown = operations.filter(({ column }) => !(COLUMNS as readonly string[]).includes(column));
    expect(unknown).toEqual([]);
    expect(Object.values(DECIDED).map((row) => row.split(/\s+/).length)).toEqual(
      Object.keys(DECIDED).map(() => COLUMNS.length),
    );
  });

  it('lists to each caller the sites at which it has a role, and no other', async () => {
    for (const { name, rowFor, sent } of askers) {
      const row = rowFor('GET');
      if (row === 'unknown' || name.includes('from ')) continue;
      const answer = await request(api.server).get('/v1/sites').set(sent);
      const seen = (answer.body as { items: { name: string }[] }).items.map((site) => site.name).toSorted();
      const may = SEEN[row.split(' ').slice(1).join(' ')];
      expect({ name, seen }).toEqual({ name, seen: may });
    }
  });

  it.each(operations)('$method $path answers every kind of caller as decided', async (operation) => {
    const answers = await Promise.all(askers.map((asker) => ask(operation, asker)));
    const decided = askers.map(({ rowFor }) => expected(rowFor(operation.method), operation.column));
    const told = (each: string[]) => askers.map(({ name }, index) => `${name}: ${each[index]}`);
    expect(told(answers)).toEqual(told(decided));
  });

  it('asked callers of every row, and leaves both sites as they were', async () => {
    const rows = new Set(askers.flatMap(({ rowFor }) => [rowFor('GET'), rowFor('POST')]));
    expect([...rows].toSorted()).toEqual(Object.keys(DECIDED).toSorted());
    for (const [place, names] of [
      [siteId, ['app01']],
      [otherSiteId, ['app02']],
    ] as const) {
      const { body } = await client(api).get(`/v1/sites/${place}/servers`).expect(200);
      expect((body as { items: { name: string }[] }).items.map(({ name }) => name)).toEqual(names);
    }
    await client(api).get(`/v1/sites/${otherSiteId}/mailboxes/${elsewhere['mailboxId']}`).expect(200);
    expect(await api.database.query('select count(*)::int as runs from runs')).toEqual([{ runs: 0 }]);
  });

  it('tells a stranger of a site no more than of one that does not exist', async () => {
    const read = async (id: string): Promise<object> => {
      const { status, body } = await request(api.server)
        .get(`/v1/sites/${id}`)
        .set({ authorization: outside });
      const { code, title, detail } = body as { code: string; title: string; detail: string };
      return { status, code, title, detail: detail.replace(id, 'ID') };
    };
    expect(await read(siteId)).toEqual(await read(randomUUID()));
  });
});
