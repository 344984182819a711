import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { AGENT_SOCKET_PATH } from '@mailpath/protocol';
import {
  badCommandLines,
  badEnvironments,
  badFrames,
  badRequests,
  VISIBLE_FIELD,
} from './support/canary-bad-input.ts';
import {
  begin,
  connected,
  ended,
  moveToEcho,
  moveToProxy,
  refusedSignIn,
  REPEATING,
  run,
  signIn,
  signInByDeviceCode,
} from './support/canary-journeys.ts';
import { leftBehind } from './support/canary-left-behind.ts';
import { type CanarySite, KINDS_OF_SECRETS, SALES, startCanarySite } from './support/canary-site.ts';
import type { Place } from './support/canaries.ts';

// Every secret of an installation is known, goes through all that can happen to it, and is looked for in all that is
// left behind.

const REFRESH = ['token.refresh'];

let site: CanarySite;
beforeAll(async () => {
  site = await startCanarySite();
});
afterAll(() => site.end());

const sitePath = (rest: string): string => `/v1/sites/${site.siteId}${rest}`;
const setSecret = (secret: string) => site.api.expect(204, 'PUT', sitePath('/client-secret'), { secret });

describe('what happens to the secrets of an installation', () => {
  it('a wrong client secret, and then the right one', async () => {
    await setSecret(site.clientSecrets.expired);
    expect((await signIn(site)).state).toBe('failed');
    await setSecret(site.clientSecrets.good);
    const { state, id, back } = await signIn(site);
    expect(state).toBe('done');
    // The browser is opened once more, and the address pasted as well.
    expect((await site.api.call('GET', `${back.pathname}${back.search}`)).status).toBe(409);
    const pasted = await site.api.call('POST', sitePath(`/sign-ins/${id}/answer`), { url: back.href });
    expect(pasted.status).toBe(409);
  });

  it('tokens that open mailboxes, from both servers', async () => {
    expect(await run(site)).toMatchObject({
      'token.refresh': 'pass',
      'imap.mailbox': 'pass',
      'smtp.login': 'pass',
      'mail.round-trip': 'pass',
      'https.sign-in': 'pass',
    });
  });

  it('a sign-in with a device code', async () => {
    await site.api.expect(204, 'DELETE', sitePath('/client-secret'));
    expect((await signInByDeviceCode(site)).state).toBe('done');
    await setSecret(site.clientSecrets.good);
  });

  it('tokens that are refused', async () => {
    const { faults } = site.standIn;
    faults.set('*', [{ id: 'AADSTS50173' }]);
    expect(await run(site, REFRESH)).toEqual({ 'token.refresh': 'denied' });
    faults.set('*', [{ id: 'HTML-PAGE' }]);
    expect(await run(site, REFRESH)).toEqual({ 'token.refresh': 'unexpected-reply' });
    faults.set('*', [{ id: 'imap-token-refused' }]);
    expect(await run(site, [...REFRESH, 'imap.mailbox'])).toEqual({
      'token.refresh': 'pass',
      'imap.mailbox': 'denied',
    });
    faults.set('*', []);
  });

  it('a sign-in host that repeats what it was sent', async () => {
    for (const [expected, answer] of REPEATING) {
      site.relay.onTokenRequest = answer;
      expect(await run(site, REFRESH)).toEqual({ 'token.refresh': expected });
    }
    expect((await signIn(site)).state).toBe('failed');
    site.relay.onTokenRequest = () => null;
    expect((await refusedSignIn(site)).state).toBe('failed');
  });

  it('mail servers that repeat what they were sent, in every form', async () => {
    const { api } = site;
    const before = await moveToEcho(site);
    expect(await run(site, [...REFRESH, 'imap.mailbox', 'smtp.login'])).toEqual({
      'token.refresh': 'pass',
      'imap.mailbox': 'denied',
      'smtp.login': 'denied',
    });
    await api.expect(200, 'PATCH', sitePath(''), { inboundProtocol: 'pop3' });
    expect(await run(site, [...REFRESH, 'pop3.mailbox'])).toEqual({
      'token.refresh': 'pass',
      'pop3.mailbox': 'denied',
    });
    await api.expect(200, 'PATCH', sitePath(''), { targets: before });
  });

  it('a proxy that repeats who asked it', async () => {
    const { agents, proxy, rudeProxy } = site;
    const { agent } = agents.services;
    await moveToProxy(agent, proxy, rudeProxy);
    expect(await run(site, [...REFRESH, 'https.sign-in'])).toMatchObject({
      'token.refresh': 'unexpected-reply',
      'https.sign-in': 'pass unexpected-reply',
    });
    await moveToProxy(agent, rudeProxy, proxy);
  });

  it('an agent that is killed while it holds a lease', async () => {
    const { agent } = site.agents.services;
    const [asked, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    site.relay.onTokenRequest = async () => {
      asked.resolve();
      await over.promise;
      return null;
    };
    await begin(site, REFRESH);
    await asked.promise;
    await agent.kill();
    over.resolve();
    site.relay.onTokenRequest = () => null;
    await agent.start();
    expect(await run(site, REFRESH)).toEqual({ 'token.refresh': 'pass' });
  });

  it('a database that is down while tokens are handed on', async () => {
    const { api, relay } = site;
    relay.onTokenRequest = async () => {
      relay.onTokenRequest = () => null;
      await api.gate.cut();
      return null;
    };
    const path = sitePath('/runs');
    // The order is on its way before the caller has the answer, for which the database may then be missing.
    expect((await api.call('POST', path, { checks: REFRESH })).status).toBeOneOf([202, 503]);
    await api.logged('socket-fault');
    expect((await api.call('GET', path)).status).toBe(503);
    await api.gate.open();
    await connected(site);
    expect(await run(site, REFRESH)).toEqual({ 'token.refresh': 'pass' });
  });

  it('frames that cannot be read', async () => {
    for (const frame of badFrames(site)) {
      const socket = new WebSocket(new URL(AGENT_SOCKET_PATH, site.api.url.replace('http', 'ws')));
      await once(socket, 'message'); // the challenge
      const closed = once(socket, 'close');
      socket.send(frame);
      const [code, reason] = (await closed) as [number, Buffer];
      expect(code).toBe(1008);
      site.closeReasons.push({ class: 'close reasons', name: 'a close reason', text: reason.toString() });
    }
  });

  it('requests that cannot be read', async () => {
    const { api } = site;
    for (const [method, path, body, headers] of badRequests(site)) {
      const { status } = await api.call(method, path, body, headers);
      expect([method, path, status]).toEqual([
        method,
        path,
        expect.toBeOneOf([400, 401, 403, 404, 409, 413, 415]),
      ]);
    }
  });

  it('command lines and settings that cannot be used', async () => {
    const { agent } = site.agents.services;
    for (const words of badCommandLines(site)) expect((await agent.begin(words).ended).code).toBe(2);
    for (const env of badEnvironments(site)) expect(await site.api.failedStart(env)).toBeOneOf([1, 2]);
  });

  it('an API that is started with another key', async () => {
    const { api, canaries } = site;
    await api.end('SIGKILL');
    const other = randomBytes(32);
    canaries.add('MAILPATH_SECRET_KEY', other);
    canaries.add('MAILPATH_SECRET_KEY', other.toString('base64'));
    const env = { MAILPATH_SECRET_KEY: other.toString('base64') };
    expect(await api.failedStart(env)).toBe(2);
    await api.database.query('delete from secret_key_fingerprint');
    await api.start(env);
    await connected(site);
    const { id } = await api.expect(202, 'POST', sitePath('/runs'), { checks: REFRESH });
    await ended(api, sitePath(`/runs/${id}`));
    const { status } = await api.call('POST', sitePath('/sign-ins'), {
      userName: SALES,
      serverId: site.agents.application.serverId,
    });
    expect(status).toBe(409);
  });
});

describe('what is left behind', () => {
  let places: Place[];
  beforeAll(async () => {
    places = await leftBehind(site);
  });

  it('is looked through whole: whatever may be seen is found in every class of places', () => {
    const { controls } = site;
    controls.add('words of a close reason', 'the frame is not JSON');
    controls.add('name of an unknown field', VISIBLE_FIELD);
    const found = new Map<string, number>();
    for (const place of places)
      found.set(place.class, (found.get(place.class) ?? 0) + controls.seenIn(place).length);
    expect([...found].filter(([, sightings]) => sightings === 0)).toEqual([]);
    expect([...found.keys()].sort()).toEqual([
      'answers',
      'close reasons',
      'command lines',
      'database',
      'environments',
      'home of the API',
      'log of an agent',
      'log of the API',
      'refusals',
      'state folder',
    ]);
  });

  it('holds no secret in any form', () => {
    expect(site.canaries.size).toBeGreaterThan(40);
    expect(places.flatMap((place) => site.canaries.seenIn(place))).toEqual([]);
    expect(site.canaries.names.sort()).toEqual([...KINDS_OF_SECRETS].sort());
  });
});
