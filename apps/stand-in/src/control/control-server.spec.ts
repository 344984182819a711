import { request } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SEED_APPLICATION } from '../seed.ts';
import { type StandIn, startStandIn } from '../stand-in.ts';
import { KNOWN_FAULTS } from './known-faults.ts';

const SALES = 'sales@contoso.example';

let standIn: StandIn;
beforeAll(async () => (standIn = await startStandIn({ addresses: ['127.0.0.31', '127.0.0.32'] })));
afterAll(() => standIn.stop());
afterEach(() => standIn.reset());

interface Answer {
  status: number;
  json: Record<string, unknown>;
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(standIn.controlUrl + path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const received = await response.text();
  return {
    status: response.status,
    json: received === '' ? {} : (JSON.parse(received) as Record<string, unknown>),
  };
}

const fieldsOf = ({ json }: Answer) => (json['errors'] as { field: string }[]).map(({ field }) => field);

describe('faults', () => {
  it('are switched on and off for one address or all of them, and hold when the answer comes', async () => {
    const fault = { id: 'closed', service: 'imap' };
    const answer = await call('PUT', '/faults/127.0.0.31', { faults: [fault] });
    expect(answer).toEqual({ status: 200, json: { faults: [fault] } });
    await call('PUT', '/faults/*', { faults: [{ id: 'AADSTS53003', name: SALES, retryAfterSeconds: 3 }] });
    expect((await call('GET', '/faults')).json).toEqual({
      '127.0.0.31': [fault],
      '*': [{ id: 'AADSTS53003', name: SALES, retryAfterSeconds: 3 }],
    });
    expect((await call('DELETE', '/faults/127.0.0.31')).status).toBe(204);
    expect((await call('GET', '/faults/127.0.0.31')).json).toEqual({ faults: [] });
    expect(standIn.faults.find('AADSTS53003', '127.0.0.32', SALES)).toBeDefined();
  });

  it('are all listed with a meaning, each once', async () => {
    const known = (await call('GET', '/faults/known')).json as unknown as typeof KNOWN_FAULTS;
    expect(known).toEqual(KNOWN_FAULTS);
    expect(new Set(known.map(({ id }) => id)).size).toBe(known.length);
    expect(known.filter(({ meaning }) => meaning.trim() === '')).toEqual([]);
    const ids = known.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        'imap-token-refused',
        'tls-handshake-reset',
        'pop3-mailbox-locked',
        'smtp-temporary-authentication-failure',
        'AADSTS7000215',
        'silent',
        'HTTP-407',
      ]),
    );
  });

  it.each([
    ['an unknown id', { faults: [{ id: 'B99' }] }, 'faults.0.id'],
    ['a name for a fault of the path', { faults: [{ id: 'closed', name: SALES }] }, 'faults.0.name'],
    [
      'a service for an answer of Entra ID',
      { faults: [{ id: 'AADSTS50076', service: 'imap' }] },
      'faults.0.service',
    ],
    ['an unknown service', { faults: [{ id: 'closed', service: 'ftp' }] }, 'faults.0.service'],
    [
      'a negative wait',
      { faults: [{ id: 'imap-mailbox-throttled', retryAfterSeconds: -1 }] },
      'faults.0.retryAfterSeconds',
    ],
    ['an unknown member', { faults: [{ id: 'imap-mailbox-throttled', after: 1 }] }, 'faults.0.after'],
    ['no faults at all', {}, 'faults'],
    ['no object', [], 'body'],
    ['no body', undefined, 'body'],
  ])('are refused with %s, and the field is named', async (_what, body, field) => {
    const answer = await call('PUT', '/faults/127.0.0.31', body);
    expect([answer.status, answer.json['code']]).toEqual([400, 'validation']);
    expect(fieldsOf(answer)).toEqual([field]);
    expect(standIn.faults.all).toEqual({});
  });

  it('are refused for an address that is not the stand-in’s', async () => {
    const answer = await call('PUT', '/faults/127.0.0.99', { faults: [] });
    expect(answer.status).toBe(404);
    expect(answer.json['detail']).toContain('127.0.0.31, 127.0.0.32');
  });
});

describe('the directory', () => {
  it('takes a new user with the usual switches, changes one of them, and lets the user go', async () => {
    const made = await call('PUT', '/users/New@contoso.example', { password: 'p' });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      userName: 'New@contoso.example',
      imapEnabled: true,
      smtpAuthDisabled: null,
    });
    const changed = await call('PATCH', '/users/new@contoso.example', { imapEnabled: false });
    expect(changed.json).toEqual({ ...made.json, imapEnabled: false });
    expect(standIn.directory.user('new@contoso.example')?.imapEnabled).toBe(false);
    expect((await call('DELETE', '/users/new@contoso.example')).status).toBe(204);
    expect((await call('GET', '/users/new@contoso.example')).status).toBe(404);
  });

  it('changes an application and keeps the rest of it', async () => {
    const path = `/applications/${SEED_APPLICATION.clientId}`;
    const changed = await call('PATCH', path, { redirectUris: ['https://ece.contoso.example/other'] });
    expect(changed.status).toBe(200);
    const application = standIn.directory.application(SEED_APPLICATION.clientId);
    expect(application?.redirectUris).toEqual(['https://ece.contoso.example/other']);
    expect(application?.secrets[0]?.expiresAt).toBeInstanceOf(Date);
    expect(application?.secrets[0]?.value).toBe(SEED_APPLICATION.secret);
  });

  it('makes and changes mailboxes and the tenant', async () => {
    expect((await call('PUT', '/mailboxes/new@contoso.example', {})).json).toMatchObject({ licensed: true });
    expect((await call('PATCH', '/tenant', { smtpAuthDisabled: true })).status).toBe(200);
    expect(standIn.directory.tenant).toMatchObject({ smtpAuthDisabled: true, domain: 'contoso.example' });
    const list = (await call('GET', '/mailboxes')).json as unknown as { address: string }[];
    expect(list.map(({ address }) => address)).toContain('new@contoso.example');
  });

  it.each([
    ['PUT', '/users/nobody', { password: 'p' }, 'name of the user in the path'],
    ['PUT', `/users/${SALES}`, {}, 'password'],
    ['PATCH', `/users/${SALES}`, { userName: 'x@y' }, 'userName'],
    ['PUT', '/applications/abc', {}, 'name of the application in the path'],
    [
      'PATCH',
      `/applications/${SEED_APPLICATION.clientId}`,
      { redirectUris: ['http://a.example/'] },
      'redirectUris.0',
    ],
    ['PATCH', '/tenant', { accessTokenSeconds: 0 }, 'accessTokenSeconds'],
    ['PATCH', '/tenant', { id: 'contoso' }, 'id'],
  ])('refuses %s %s %j and names the field', async (method, path, body, field) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(400);
    expect(fieldsOf(answer)).toEqual([field]);
  });
});

describe('the interface', () => {
  it('shows the whole state, and explains itself', async () => {
    expect((await call('GET', '/state')).json).toMatchObject({
      addresses: ['127.0.0.31', '127.0.0.32'],
      ports: standIn.ports,
      targets: { imap: { host: 'outlook.office365.com', port: standIn.ports.imap } },
      tenant: { domain: 'contoso.example' },
    });
    expect(await (await fetch(standIn.controlUrl)).text()).toContain('/faults/known');
  });

  it('goes back to the start', async () => {
    await call('DELETE', `/users/${SALES}`);
    await call('PUT', '/faults/*', { faults: [{ id: 'closed' }] });
    expect((await call('POST', '/reset')).status).toBe(204);
    expect(standIn.directory.user(SALES)).toBeDefined();
    expect((await call('GET', '/faults')).json).toEqual({});
  });

  it('refuses what is not there, and a method that means nothing', async () => {
    expect((await call('GET', '/nothing')).status).toBe(404);
    expect((await call('GET', '/users/a@b.example/c')).status).toBe(404);
    expect((await call('DELETE', '/users/a@b.example')).status).toBe(404);
    const answer = await call('POST', '/tenant', {});
    expect([answer.status, answer.json['detail']]).toEqual([
      405,
      'POST means nothing here: use GET, PUT, PATCH.',
    ]);
  });

  it.each([
    ['another type', { 'content-type': 'text/plain' }, '{}', 415],
    ['broken JSON', { 'content-type': 'application/json' }, '{', 400],
    ['too much', { 'content-type': 'application/json' }, ' '.repeat(1024 * 1024 + 1), 413],
    ['the name of another machine', { host: 'evil.example' }, '', 403],
  ])('refuses %s', async (_what, headers, body, status) => {
    const sent = request(`${standIn.controlUrl}/tenant`, { method: 'PATCH', headers, agent: false });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const problem = JSON.parse(await text(response)) as { status: number };
    expect([response.statusCode, problem.status]).toEqual([status, status]);
    expect(response.headers['content-type']).toBe('application/problem+json');
  });
});
